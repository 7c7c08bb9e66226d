/** Pages for when there is no page: not found, and a failure that a page did not handle itself. */
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useTitle } from '@/lib/title'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'

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

export function Failure({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    if (isMissingChunk(error)) return location.reload()
    reset()
    void router.invalidate()
  }
  return (
    <div className="flex min-h-[60vh] items-center justify-center">
      <ErrorState error={error} onRetry={retry} />
    </div>
  )
}
