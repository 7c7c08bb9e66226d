/** What one was told of, newest first. Opening one reads it and leads to what it is about. */
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { AlarmClock, AtSign, UserCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { refresh, useList } from '@/api/query'
import { cx } from '@/lib/cx'
import { ago } from '@/lib/format'
import { pageOf } from '@/lib/record'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { toastError } from '@/ui/Toast'
import { listNotifications, readAll, readNotification, type Notification } from './api'

const ICONS = { reminder: AlarmClock, mention: AtSign, assignment: UserCheck }

export default function NotificationList({ unread, onPick }: { unread: number; onPick: () => void }) {
  const { t } = useTranslation('crm')
  const navigate = useNavigate()
  const list = useList(['notification', 'list'], listNotifications)
  const reload = () => refresh('notification')
  const all = useMutation({ mutationFn: readAll, onSuccess: reload, onError: toastError })
  const open = (notice: Notification) => {
    if (!notice.read_at) void readNotification(notice.id).then(reload, toastError)
    onPick()
    const page = notice.about && pageOf(notice.about.id)
    void (page ? navigate(page) : navigate({ to: '/work' }))
  }
  if (list.isLoading) {
    return (
      <div className="flex flex-col gap-3 p-4" role="status" aria-label={t('ui:loading')}>
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </div>
    )
  }
  if (list.error && list.rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.rows.length === 0) return <p className="px-4 py-10 text-center text-base text-faint">{t('notice.none')}</p>
  return (
    <div className="flex flex-col gap-2 p-2">
      <div className="flex justify-end px-2">
        <Button kind="quiet" size="sm" busy={all.isPending} why={unread > 0 ? undefined : t('notice.nothing_unread')} onClick={() => all.mutate()}>
          {t('notice.read_all')}
        </Button>
      </div>
      <ul>
        {list.rows.map((notice) => (
          <li key={notice.id}>
            <Row notice={notice} onOpen={() => open(notice)} />
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button size="sm" busy={list.isLoadingMore} onClick={list.loadMore}>
          {t('ui:timeline.more')}
        </Button>
      )}
    </div>
  )
}

function Row({ notice, onOpen }: { notice: Notification; onOpen: () => void }) {
  const { t } = useTranslation('crm')
  const Icon = ICONS[notice.kind]
  return (
    <button type="button" onClick={onOpen} data-inset-focus className="flex w-full items-start gap-3 rounded-md px-2 py-2 text-left hover:bg-hover">
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', notice.read_at ? 'text-faint' : 'text-accent-ink')} />
      <span className="min-w-0 flex-1">
        <span className={cx('block text-base wrap-anywhere', !notice.read_at && 'font-medium')}>
          {t(`notice.kind.${notice.kind}`, { who: notice.actor?.name ?? t('timeline.by.system') })}
          {!notice.read_at && <span className="sr-only"> {t('notice.unread')}</span>}
        </span>
        <span className="block text-sm wrap-anywhere text-soft">{[notice.title, notice.about?.name].filter(Boolean).join(' · ') || (notice.kind !== 'mention' && t('notice.gone'))}</span>
        <time dateTime={notice.created_at} className="text-sm text-faint">
          {ago(notice.created_at)}
        </time>
      </span>
    </button>
  )
}
