/**
 * The view a list shows: a saved one, or what the address says. Filter, order, groups, layout and the view's id live in the
 * address, so that they can be shared and gone back to; a list without any opens with the view its reader chose.
 */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useCan, useMe, useSeesAmounts } from '@/api/me'
import { onlyOf } from '../arrange/by'
import { viewsQuery, type SavedView, type ViewInput } from './api'
import { same, withBar, type Tree } from './tree'
import { useFilterFields } from './useFilterFields'

export const LAYOUTS = ['board', 'calendar'] as const

/** How the records stand: in groups, with figures, as a board or a calendar by a field; a table where nothing is said. */
export type Arrangement = { by?: string | undefined; sum?: string | undefined; layout?: (typeof LAYOUTS)[number] | undefined; on?: string | undefined }
export type ViewSearch = { saved?: string; filter?: Tree } & { [K in keyof Arrangement]?: NonNullable<Arrangement[K]> }
/** What narrows a list beside its filter. A view says all that is shown: opening one leaves none of these standing. */
const BESIDE = ['q', 'owner', 'choice', 'company', 'state', 'status'] as const
type Beside = (typeof BESIDE)[number]
type Search = ViewSearch & { sort?: string } & { [name in Beside]?: string }
type Change = { saved?: string | undefined; filter?: Tree | undefined; q?: string | undefined; sort?: string | undefined } & { [name in Exclude<Beside, 'q'>]?: undefined } & Arrangement
const NOTHING: { [name in Beside]?: undefined } = Object.fromEntries(BESIDE.map((name) => [name, undefined]))

/** In the address: no view, and none wanted. */
export const PLAIN = 'all'

/** What the bar of views shows and keeps, of lists and of reports. */
export type ViewState = {
  noun: string
  /** What the filter is about; null where there is none to make. */
  filtered: string | null
  views: SavedView[]
  /** The one shown. */
  view: SavedView | null
  filter: Tree | null
  /** What is shown is no longer what was saved. */
  changed: boolean
  /** Without a view: there is something to keep. */
  worth: boolean
  /** What is shown, as a view keeps it: the filter with what the bar above the list narrows it by. */
  kept: ViewInput
  open: (view: SavedView | null) => void
  setFilter: (filter: Tree | null) => void
}

export type ListView = ViewState & {
  sort: string | undefined
  arrangement: Arrangement
  arrange: (change: Arrangement) => void
  columns: string[] | undefined
  setColumns: (columns: string[]) => void
}

export function useListView(noun: string, search: Search, set: (change: Change) => void): ListView {
  const may = useCan('view.use')
  const me = useMe()
  const known = useQuery({ ...viewsQuery(noun), enabled: may })
  const [columns, setColumns] = useState<{ view: string; columns: string[] } | null>(null)
  const views = known.data ?? NONE
  const seesAmounts = useSeesAmounts()
  const askable = useFilterFields(noun, !seesAmounts && !!search.sum).data
  const view = views.find((one) => one.id === search.saved) ?? null
  const untouched = !search.saved && !search.filter && !search.sort && !search.by && !search.sum && !search.layout && BESIDE.every((name) => !search[name])
  const first = untouched ? views.find((one) => one.opens) : undefined
  const open = (next: SavedView | null) => set({ saved: next?.id ?? PLAIN, filter: next?.filter ?? undefined, sort: next?.sort ?? undefined, ...NOTHING, q: next?.q ?? undefined, ...arrangementOf(next) })
  useEffect(() => {
    if (first) open(first)
    // Once for each list: what it opens with is not forced upon who leaves it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [first?.id])
  const here = view?.id ?? PLAIN
  const shown = columns?.view === here ? columns.columns : view && view.columns.length > 0 ? view.columns : undefined
  const whole = withBar(search.filter ?? null, search, me.member.id)
  const arrangement: Arrangement = { by: search.by, sum: search.sum, layout: search.layout, on: search.on }
  const changed =
    !!view && (!same(view.filter, whole) || !same(arrangementOf(view), arrangement) || (view.q ?? undefined) !== search.q || (view.sort ?? undefined) !== search.sort || (columns?.view === here && !same(columns.columns, view.columns)))
  return {
    noun,
    filtered: noun,
    views,
    view,
    filter: search.filter ?? null,
    sort: search.sort,
    // A view that adds amounts up is shown without them.
    arrangement: seesAmounts ? arrangement : { ...arrangement, sum: onlyOf(arrangement.sum, askable) },
    arrange: (change) => set({ ...change, saved: search.saved ?? PLAIN }),
    changed,
    worth: !!whole || !!search.q || !!search.sort || Object.values(arrangement).some(Boolean),
    kept: { filter: whole, q: search.q ?? null, sort: search.sort ?? null, ...keptOf(arrangement), ...(shown ? { columns: shown } : {}) },
    open,
    setFilter: (filter) => set({ filter: filter ?? undefined, saved: search.saved ?? PLAIN }),
    columns: shown,
    setColumns: (next) => setColumns({ view: here, columns: next }),
  }
}

/** What a saved view says of it, as the address has it. */
const arrangementOf = (view: SavedView | null): Arrangement => ({
  by: view?.group_by ?? undefined,
  sum: view && view.aggregates.length > 0 ? view.aggregates.join(',') : undefined,
  layout: LAYOUTS.find((layout) => layout === view?.layout),
  on: view?.layout_field ?? undefined,
})

/** What is shown, as a saved view keeps it. */
const keptOf = ({ by, sum, layout, on }: Arrangement) => ({
  group_by: by ?? null,
  aggregates: sum?.split(',') ?? [],
  layout: layout ?? ('table' as const),
  layout_field: on ?? null,
})

const NONE: SavedView[] = []
