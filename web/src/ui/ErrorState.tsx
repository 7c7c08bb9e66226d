/**
 * Something could not be loaded: why, a way to try again, and the request id for support. `isPage` where it is all that
 * the page shows: then it carries the page's heading.
 */
import { CloudOff, RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { explain, toProblem } from '@/lib/problem'
import { Button } from './Button'

type Props = { error: unknown; onRetry?: (() => void) | undefined; isPage?: boolean }

export function ErrorState({ error, onRetry, isPage = false }: Props) {
  const { t } = useTranslation('ui')
  const Heading = isPage ? 'h1' : 'h2'
  const problem = toProblem(error)
  return (
    <div role="alert" className="flex flex-col items-center justify-center px-6 py-14 text-center">
      <div className="mb-3 flex size-11 items-center justify-center rounded-xl bg-danger-wash text-danger">
        <CloudOff aria-hidden className="size-5" />
      </div>
      <Heading className="text-lg">{t(problem.status === 404 ? 'error.not_found' : 'error.title')}</Heading>
      <p className="mt-1 max-w-md text-base text-soft">{explain(error)}</p>
      {onRetry && problem.status !== 404 && (
        <Button className="mt-4" icon={<RotateCw className="size-4" />} onClick={onRetry}>
          {t('error.retry')}
        </Button>
      )}
      {problem.request_id && <p className="mt-3 text-xs text-faint">{t('error.request', { id: problem.request_id })}</p>}
    </div>
  )
}
