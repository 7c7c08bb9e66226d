/** What happened, newest first: an icon, who and what in one sentence, when; a body for notes. */
import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import { ago, dateTime } from '@/lib/format'
import { Button } from './Button'
import { ErrorState } from './ErrorState'
import { Skeleton } from './Skeleton'

export type TimelineItem = {
  id: string
  icon: ReactNode
  at: string
  text: ReactNode
  body?: ReactNode
  action?: ReactNode
}

type Props = {
  items: TimelineItem[]
  isLoading: boolean
  error?: unknown
  onRetry?: () => void
  hasMore?: boolean
  onMore?: () => void
  busy?: boolean
  empty: string
}

export function Timeline({ items, isLoading, error, onRetry, hasMore, onMore, busy, empty }: Props) {
  const { t } = useTranslation('ui')
  if (isLoading) {
    return (
      <div className="flex flex-col gap-4 pt-2" role="status" aria-label={t('loading')}>
        {[0, 1, 2].map((index) => (
          <Skeleton key={index} className="h-10" />
        ))}
      </div>
    )
  }
  if (error && items.length === 0) return <ErrorState error={error} onRetry={onRetry} />
  if (items.length === 0) return <p className="py-6 text-center text-base text-faint">{empty}</p>
  return (
    <div>
      <ol>
        {items.map((item, index) => (
          <li key={item.id} className="relative flex gap-3 pb-4">
            {index < items.length - 1 && <span aria-hidden className="absolute top-7 bottom-0 left-[0.8125rem] w-px bg-line" />}
            <span aria-hidden className="z-1 flex size-[1.625rem] shrink-0 items-center justify-center rounded-full border border-line bg-surface text-faint [&_svg]:size-3.5">
              {item.icon}
            </span>
            <div className="min-w-0 flex-1 pt-0.5">
              <div className="flex items-baseline gap-2">
                <div className="min-w-0 flex-1 text-base wrap-anywhere text-soft [&_strong]:font-medium [&_strong]:text-ink">
                  {item.text}{' '}
                  <time dateTime={item.at} title={dateTime(item.at)} className="text-sm whitespace-nowrap text-faint">
                    {ago(item.at)}
                  </time>
                </div>
                {item.action}
              </div>
              {item.body && <div className="mt-1.5 rounded-lg border border-line bg-surface px-3 py-2 text-base wrap-anywhere">{item.body}</div>}
            </div>
          </li>
        ))}
      </ol>
      {hasMore && (
        <Button size="sm" busy={busy} onClick={onMore}>
          {t('timeline.more')}
        </Button>
      )}
    </div>
  )
}
