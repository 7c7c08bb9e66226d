/** My work: what is overdue, due today and later. Up and down move, Space ticks off, N makes a task. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { CalendarDays, CircleCheckBig, List, Plus } from 'lucide-react'
import { lazy, Suspense, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { date } from '@/lib/format'
import { useShortcut } from '@/lib/shortcuts'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Segmented } from '@/ui/Segmented'
import { PageSkeleton } from '@/ui/Skeleton'
import { ActivityDialog } from './ActivityDialog'
import { ActivityRow } from './ActivityRow'
import { workQuery, type Work } from './api'

const WorkCalendar = lazy(async () => ({ default: (await import('./WorkCalendar')).WorkCalendar }))

const route = getRouteApi('/_app/work')

export const PARTS = ['overdue', 'due_today', 'upcoming', 'someday'] as const

export function WorkPage() {
  const { t } = useTranslation(['crm', 'views'])
  const { new: making, view } = route.useSearch()
  const navigate = useNavigate({ from: '/work' })
  const work = useQuery(workQuery)
  const mayWrite = useCan('activity.write')
  const make = () => void navigate({ search: (before) => ({ ...before, new: true }) })
  useShortcut({ keys: 'n', label: t('activity.new.task'), group: t('ui:shortcuts.list') }, make, mayWrite)
  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <PageHeader
        title={t('app:nav.work')}
        about={work.data && date(work.data.today)}
        actions={
          <>
            <Segmented
              label={t('deal.view')}
              value={view ?? 'list'}
              onChange={(next) => void navigate({ search: next === 'calendar' ? { view: 'calendar' } : {} })}
              options={[
                { value: 'list', label: t('deal.list'), icon: <List className="size-4" /> },
                { value: 'calendar', label: t('views:layout.calendar_alone'), icon: <CalendarDays className="size-4" /> },
              ]}
            />
            <Button kind="primary" icon={<Plus className="size-4" />} why={mayWrite ? undefined : t('not_allowed')} onClick={make}>
              {t('activity.new.task')}
            </Button>
          </>
        }
      />
      {view === 'calendar' && (
        <Suspense fallback={<PageSkeleton />}>
          <WorkCalendar />
        </Suspense>
      )}
      {!view && work.isPending && <PageSkeleton />}
      {!view && work.isError && <ErrorState error={work.error} onRetry={() => void work.refetch()} />}
      {!view && work.data && <Lists work={work.data} onMake={mayWrite ? make : undefined} />}
      <ActivityDialog kind="task" open={!!making && mayWrite} onClose={() => void navigate({ search: view ? { view } : {} })} />
    </div>
  )
}

function Lists({ work, onMake }: { work: Work; onMake: (() => void) | undefined }) {
  const { t } = useTranslation('crm')
  const lists = useRef<HTMLDivElement>(null)
  if (PARTS.every((part) => work[part].length === 0)) {
    return <EmptyState icon={<CircleCheckBig />} title={t('work.empty_title')} action={onMake && <Button onClick={onMake}>{t('activity.new.task')}</Button>}>{t('work.empty_text')}</EmptyState>
  }
  /** Arrows go from tick box to tick box; Space is the box's own. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const boxes = [...(lists.current?.querySelectorAll<HTMLElement>('[role=checkbox]') ?? [])]
    const at = boxes.indexOf(document.activeElement as HTMLElement)
    if (at < 0) return
    event.preventDefault()
    boxes[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
  }
  return (
    <div ref={lists} onKeyDown={onKeyDown} className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-6 pb-8 max-md:px-4">
      {PARTS.filter((part) => work[part].length > 0).map((part) => (
        <section key={part} aria-labelledby={`work-${part}`}>
          <h2 id={`work-${part}`} className="mb-2 text-base">
            {t(`work.${part}`)} <span className="tabular font-normal text-faint">{work[part].length}</span>
          </h2>
          <ul className="panel divide-y divide-line">
            {work[part].map((activity) => (
              <li key={activity.id} className="px-4 py-2.5">
                <ActivityRow activity={activity} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
