/** The records of a list in a calendar by one of their dates: the list, asked for the days that are shown. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh, useList } from '@/api/query'
import { calendarTag, date, isNothing, isSeen, money, today, type Money } from '@/lib/format'
import { pageOf } from '@/lib/record'
import { toClock } from '@/lib/zone'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { PageSkeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { useZone } from '../activities/api'
import type { FilterField } from '../views/api'
import { useFilterFields } from '../views/useFilterFields'
import type { ListView } from '../views/useListView'
import { groupsQuery, nounOf, type Asked } from './api'
import type { Load } from './Arranged'
import { listed, within } from './by'
import { firstDayOf, weeksOf, type Span } from './calendar'
import { CalendarGrid, type Entry } from './CalendarGrid'
import { foreshadow, put, valueOf, type Standing } from './change'
import { Summary } from './Summary'

/** More entries than this nobody reads in a month. */
const MOST = 1000

type Props = { view: ListView; asked: Asked; load: Load<Standing>; label: string }

export function RecordCalendar(props: Props) {
  const { t } = useTranslation('views')
  const fields = useFilterFields(props.view.noun)
  if (fields.isPending) return <PageSkeleton />
  if (fields.isError) return <ErrorState error={fields.error} onRetry={() => void fields.refetch()} />
  const field = fields.data.find((one) => one.name === props.view.arrangement.on)
  if (!field) return <div className="px-6 max-md:px-4"><Notice tone="warn">{t('calendar.no_field')}</Notice></div>
  return <Shown key={field.name} {...props} field={field} fields={fields.data} />
}

function Shown({ view, asked, load, label, field, fields }: Props & { field: FilterField; fields: FilterField[] }) {
  const { t } = useTranslation('views')
  const navigate = useNavigate()
  const client = useQueryClient()
  const zone = useZone()
  const noun = nounOf(view.noun)
  const [{ at, span }, show] = useState<{ at: string; span: Span }>({ at: today(), span: 'month' })
  const days = weeksOf(at, span, firstDayOf(calendarTag())).flat()
  const range = { field: field.name, op: 'between' as const, value: [days[0], days.at(-1)] }
  const query = { ...asked, filter: within(asked.filter, range), limit: 200 }
  const list = useList<Standing>([noun, 'list', view.noun, 'calendar', query], load(query))
  const sum = view.arrangement.sum
  const total = useQuery({ ...groupsQuery(view.noun, query, undefined, sum), enabled: !!sum })
  const { hasMore, isLoadingMore, loadMore, rows } = list
  useEffect(() => {
    if (hasMore && !isLoadingMore && rows.length < MOST) loadMore()
  }, [hasMore, isLoadingMore, loadMore, rows.length])
  const dayOf = (row: Standing): string | null => {
    const value = valueOf(row, field.name)
    if (typeof value !== 'string') return null
    return field.kind === 'time' ? toClock(value, zone).slice(0, 10) : value
  }
  const move = useMutation({
    mutationFn: ({ row, day }: { row: Standing; day: string | null; back?: boolean }) => put(view.noun, row, field.name, day),
    onMutate: ({ row, day }) => foreshadow(client, noun, row.id, (one) => withValue(one, field.name, day)),
    onError: (error, _, back) => {
      back?.()
      toastError(error)
    },
    onSuccess: (after, { row, day, back }) => {
      if (!back && day) toast({ text: t('calendar.moved', { title: row.name, day: date(day) }), undo: () => move.mutate({ row: after, day: dayOf(row), back: true }) })
    },
    onSettled: () => refresh(noun, 'timeline', 'home'),
  })
  const entries = rows.flatMap((row): Entry[] => {
    const day = dayOf(row)
    const page = pageOf(row.id)
    if (!day) return []
    return [{ id: row.id, title: row.name, day, detail: detailOf(row), movable: field.kind === 'date' && row.actions.includes('update'), open: () => void (page && navigate(page)) }]
  })
  if (list.error && rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />
  return (
    <>
      {hasMore && rows.length >= MOST && (
        <div className="px-6 pb-2 max-md:px-4">
          <Notice tone="info">{t('calendar.crowded', { count: MOST })}</Notice>
        </div>
      )}
      <CalendarGrid
        label={label}
        entries={entries}
        busy={list.isLoading || isLoadingMore}
        today={today()}
        at={at}
        span={span}
        onShow={(next, as) => show({ at: next, span: as })}
        onMove={(entry, day) => {
          const row = rows.find((one) => one.id === entry.id)
          if (row) move.mutate({ row, day })
        }}
      />
      {sum && <Summary groups={total.data} sum={listed(sum)} fields={fields} error={total.isError} />}
    </>
  )
}

const withValue = (row: Standing, name: string, value: string | null): Standing =>
  name.startsWith('custom.') ? { ...row, custom: { ...row.custom, [name.slice('custom.'.length)]: value } } : { ...row, [name]: value }

/** An amount, where there is one to be seen. */
function detailOf(row: Standing): string | undefined {
  const amount = (row as { amount?: Money }).amount
  return amount && isSeen(amount) && !isNothing(amount) ? money(amount) : undefined
}
