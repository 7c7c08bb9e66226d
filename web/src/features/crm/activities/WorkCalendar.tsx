/** Calls, meetings and tasks in a calendar: one's own, those of a colleague, or everyone's. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan, useMe } from '@/api/me'
import { useList } from '@/api/query'
import { calendarTag, date, today } from '@/lib/format'
import { toClock } from '@/lib/zone'
import { ErrorState } from '@/ui/ErrorState'
import { toast, toastError } from '@/ui/Toast'
import { firstDayOf, weeksOf, type Span } from '../arrange/calendar'
import { CalendarGrid, type Entry } from '../arrange/CalendarGrid'
import { foreshadow, type Standing } from '../arrange/change'
import { OwnerFilter } from '../OwnerFilter'
import { ActivityDialog } from './ActivityDialog'
import { listActivities, refreshActivities, saveActivity, useZone, type Activity, type ChangeActivity } from './api'
import { dayOf, onDay } from './day'

/** More entries than this nobody reads in a month. */
const MOST = 1000

export function WorkCalendar() {
  const { t } = useTranslation(['crm', 'views'])
  const me = useMe()
  const client = useQueryClient()
  const mayWrite = useCan('activity.write')
  const zone = useZone()
  const [whose, setWhose] = useState<string | undefined>(me.member.id)
  const [{ at, span }, show] = useState<{ at: string; span: Span }>({ at: today(), span: 'month' })
  const [opened, setOpened] = useState<Activity | null>(null)
  const days = weeksOf(at, span, firstDayOf(calendarTag())).flat()
  const asked = { from: days[0] ?? at, to: days.at(-1) ?? at, ...(whose ? { assignee_id: whose } : {}) }
  const list = useList<Activity>(['activity', 'list', 'calendar', asked], listActivities(asked))
  const { hasMore, isLoadingMore, loadMore, rows } = list
  useEffect(() => {
    if (hasMore && !isLoadingMore && rows.length < MOST) loadMore()
  }, [hasMore, isLoadingMore, loadMore, rows.length])
  const move = useMutation({
    mutationFn: ({ activity, change }: { activity: Activity; change: ChangeActivity; day?: string }) => saveActivity(activity, change),
    onMutate: ({ activity, change }) => foreshadow(client, 'activity', activity.id, (row) => ({ ...row, ...(change as Partial<Standing>) })),
    onError: (error, _, back) => {
      back?.()
      toastError(error)
    },
    onSuccess: (after, { activity, day }) => {
      const { due_on, due_at, starts_at, ends_at, remind_at } = activity
      const back = { due_on, due_at, starts_at, ends_at, remind_at }
      const kept = Object.fromEntries(Object.entries(back).filter(([, value]) => value !== null && value !== undefined)) as ChangeActivity
      if (day) toast({ text: t('views:calendar.moved', { title: activity.title, day: date(day) }), undo: () => move.mutate({ activity: after, change: kept }) })
    },
    onSettled: refreshActivities,
  })
  const entries = rows.flatMap((activity): Entry[] => {
    const day = dayOf(activity, zone)
    const timed = activity.starts_at ?? activity.due_at
    if (!day) return []
    return [
      {
        id: activity.id,
        title: activity.title,
        day,
        detail: timed ? toClock(timed, zone).slice(11) : undefined,
        done: !!activity.completed_at,
        movable: mayWrite && activity.actions.includes('update') && activity.kind !== 'call',
        open: () => setOpened(activity),
      },
    ]
  })
  // Within a day by the clock; what has no time stands first.
  entries.sort((one, other) => (one.detail ?? '').localeCompare(other.detail ?? ''))
  if (list.error && rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />
  return (
    <>
      <div className="px-6 pb-3 max-md:px-4">
        <OwnerFilter value={whose} onChange={setWhose} />
      </div>
      <CalendarGrid
        label={t('app:nav.work')}
        entries={entries}
        busy={list.isLoading || isLoadingMore}
        today={today()}
        at={at}
        span={span}
        onShow={(next, as) => show({ at: next, span: as })}
        onMove={(entry, day) => {
          const activity = rows.find((one) => one.id === entry.id)
          if (activity) move.mutate({ activity, change: onDay(activity, day, zone), day })
        }}
      />
      {opened && <ActivityDialog kind={opened.kind} activity={opened} open onClose={() => setOpened(null)} />}
    </>
  )
}
