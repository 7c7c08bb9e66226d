/** The bell: how much there is to read, and the list behind it. */
import { useQuery } from '@tanstack/react-query'
import { Bell as Icon } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { IconButton } from '@/ui/IconButton'
import { Sheet } from '@/ui/Sheet'
import { unreadQuery } from './api'

const NotificationList = lazy(() => import('./NotificationList'))

/** How much there is to read; nothing for whom it is not. */
function useUnread(): number {
  const may = useCan('notification.own')
  return useQuery({ ...unreadQuery, enabled: may }).data?.count ?? 0
}

/** The same as a dot, where the bell itself is behind a button. */
export function UnreadDot() {
  const { t } = useTranslation('crm')
  const unread = useUnread()
  if (unread === 0) return null
  return <span role="img" aria-label={t('notice.bell', { count: unread })} className="absolute top-1.5 ml-6 size-2 rounded-full bg-accent" />
}

export function Bell({ onPick }: { onPick?: () => void }) {
  const { t } = useTranslation('crm')
  const may = useCan('notification.own')
  const [open, setOpen] = useState(false)
  const unread = useUnread()
  if (!may) return null
  const pick = () => {
    setOpen(false)
    onPick?.()
  }
  return (
    <>
      <span className="relative shrink-0">
        <IconButton bare size="sm" label={t('notice.bell', { count: unread })} icon={<Icon className="size-4" />} onClick={() => setOpen(true)} />
        {unread > 0 && (
          <span aria-hidden className="tabular pointer-events-none absolute -top-1 -right-1 min-w-4 rounded-full bg-accent px-1 text-center text-2xs font-medium text-on-accent">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </span>
      <Sheet open={open} onClose={() => setOpen(false)} title={t('notice.title')}>
        <Suspense>{open && <NotificationList unread={unread} onPick={pick} />}</Suspense>
      </Sheet>
    </>
  )
}
