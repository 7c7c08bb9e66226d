/**
 * The view a list shows: a saved one, or what the address says. Filter, order and the view's id live in the address, so
 * that they can be shared and gone back to; a list without any opens with the view its reader chose.
 */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useCan, useMe } from '@/api/me'
import { viewsQuery, type SavedView } from './api'
import { same, withBar, type Tree } from './tree'

export type ViewSearch = { saved?: string; filter?: Tree }
/** What narrows a list beside its filter. A view says all that is shown: opening one leaves none of these standing. */
const BESIDE = ['q', 'owner', 'choice', 'company', 'state', 'status'] as const
type Beside = (typeof BESIDE)[number]
type Search = ViewSearch & { sort?: string } & { [name in Beside]?: string }
type Change = { saved?: string | undefined; filter?: Tree | undefined; sort?: string | undefined } & { [name in Beside]?: undefined }
const NOTHING: { [name in Beside]?: undefined } = Object.fromEntries(BESIDE.map((name) => [name, undefined]))

/** In the address: no view, and none wanted. */
export const PLAIN = 'all'

export type ListView = {
  noun: string
  views: SavedView[]
  /** The one shown. */
  view: SavedView | null
  filter: Tree | null
  /** The same with what the bar above the list narrows it by: what a view keeps. */
  whole: Tree | null
  sort: string | undefined
  /** What is shown is no longer what was saved. */
  changed: boolean
  open: (view: SavedView | null) => void
  setFilter: (filter: Tree | null) => void
  columns: string[] | undefined
  setColumns: (columns: string[]) => void
}

export function useListView(noun: string, search: Search, set: (change: Change) => void): ListView {
  const may = useCan('view.use')
  const me = useMe()
  const known = useQuery({ ...viewsQuery(noun), enabled: may })
  const [columns, setColumns] = useState<{ view: string; columns: string[] } | null>(null)
  const views = known.data ?? NONE
  const view = views.find((one) => one.id === search.saved) ?? null
  const untouched = !search.saved && !search.filter && !search.sort && BESIDE.every((name) => !search[name])
  const first = untouched ? views.find((one) => one.opens) : undefined
  const open = (next: SavedView | null) => set({ saved: next?.id ?? PLAIN, filter: next?.filter ?? undefined, sort: next?.sort ?? undefined, ...NOTHING })
  useEffect(() => {
    if (first) open(first)
    // Once for each list: what it opens with is not forced upon who leaves it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [first?.id])
  const here = view?.id ?? PLAIN
  const shown = columns?.view === here ? columns.columns : view && view.columns.length > 0 ? view.columns : undefined
  const whole = withBar(search.filter ?? null, search, me.member.id)
  const changed =
    !!view && (!same(view.filter, whole) || (view.sort ?? undefined) !== search.sort || (columns?.view === here && !same(columns.columns, view.columns)))
  return {
    noun,
    views,
    view,
    filter: search.filter ?? null,
    whole,
    sort: search.sort,
    changed,
    open,
    setFilter: (filter) => set({ filter: filter ?? undefined, saved: search.saved ?? PLAIN }),
    columns: shown,
    setColumns: (next) => setColumns({ view: here, columns: next }),
  }
}

const NONE: SavedView[] = []
