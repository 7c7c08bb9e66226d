/** Pages for when there is no page: not found, and a failure that a page did not handle itself. */
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { Compass, LockKeyhole } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { explain, toProblem } from '@/lib/problem'
import { useTitle } from '@/lib/title'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { useSignOut } from './session'

export function NotFound() {
  const { t } = useTranslation('app')
  useTitle(t('not_found.title'))
  return (
    <div className="flex min-h-[60vh] items-center justify-center">
      <EmptyState
        icon={<Compass />}
        title={t('not_found.title')}
        action={
          <Button asChild kind="primary">
            <Link to="/">{t('not_found.home')}</Link>
          </Button>
        }
      >
        {t('not_found.text')}
      </EmptyState>
    </div>
  )
}

/** A new deployment removes old chunks: a page that cannot be loaded is loaded anew with the whole app. */
function isMissingChunk(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|Failed to fetch/i.test(error.message)
}

/** Nothing can be done here but leave, perhaps for another workspace. */
function Closed({ error }: { error: unknown }) {
  const { t } = useTranslation('app')
  const signOut = useSignOut()
  useTitle(t('closed.title'))
  return (
    <div className="flex min-h-[60vh] items-center justify-center">
      <EmptyState
        icon={<LockKeyhole />}
        title={t('closed.title')}
        action={
          <Button kind="primary" onClick={signOut}>
            {t('closed.sign_out')}
          </Button>
        }
      >
        {explain(error)}
      </EmptyState>
    </div>
  )
}

export function Failure({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  if (toProblem(error).code === 'tenant_closed') return <Closed error={error} />
  const retry = () => {
    if (isMissingChunk(error)) return location.reload()
    reset()
    void router.invalidate()
  }
  return (
    <div className="flex min-h-[60vh] items-center justify-center">
      <ErrorState isPage error={error} onRetry={retry} />
    </div>
  )
}
