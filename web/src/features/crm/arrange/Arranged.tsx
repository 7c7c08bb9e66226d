/** A list as its view says it stands: as a table with figures below, in groups, as a board or as a calendar. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, type ComponentType } from 'react'
import type { Page } from '@/api/query'
import { DataTable, type DataTableProps } from '@/ui/DataTable'
import { PageSkeleton } from '@/ui/Skeleton'
import { TableToolbar } from '@/ui/TableToolbar'
import { useFilterFields } from '../views/useFilterFields'
import type { ListView } from '../views/useListView'
import { groupsQuery, type Asked } from './api'
import { listed } from './by'
import type { Standing } from './change'
import { GroupedTable } from './GroupedTable'
import { Summary } from './Summary'

const RecordCalendar = lazy(async () => ({ default: (await import('./RecordCalendar')).RecordCalendar }))
const ChoiceBoard = lazy(async () => ({ default: (await import('./ChoiceBoard')).ChoiceBoard }))

export type Load<T> = (query: Asked) => (cursor: string | undefined, signal?: AbortSignal) => Promise<Page<T>>

export type ArrangedProps<T> = DataTableProps<T> & {
  view: ListView
  /** What the list is narrowed to and ordered by. */
  asked: Asked
  load: Load<T>
}

export function Arranged<T extends Standing>(props: ArrangedProps<T>) {
  const { view, asked, label } = props
  const { layout, by } = view.arrangement
  if (layout) {
    const load = props.load as unknown as Load<Standing>
    const Layout: ComponentType<{ view: ListView; asked: Asked; load: Load<Standing>; label: string }> = layout === 'board' ? ChoiceBoard : RecordCalendar
    return (
      <div className="flex min-h-0 flex-1 flex-col">
        <TableToolbar {...props} />
        <Suspense fallback={<PageSkeleton />}>
          <Layout view={view} asked={asked} load={load} label={label} />
        </Suspense>
      </div>
    )
  }
  return by ? <GroupedTable key={by} {...props} by={by} /> : <Plain {...props} />
}

function Plain<T extends object>(props: ArrangedProps<T>) {
  const { view, asked } = props
  const { sum } = view.arrangement
  return (
    <>
      <DataTable {...props} />
      {sum && <Total view={view} asked={asked} sum={sum} />}
    </>
  )
}

function Total({ view, asked, sum }: { view: ListView; asked: Asked; sum: string }) {
  const fields = useFilterFields(view.noun).data ?? []
  const groups = useQuery(groupsQuery(view.noun, asked, undefined, sum))
  return <Summary groups={groups.data} sum={listed(sum)} fields={fields} error={groups.isError} />
}
