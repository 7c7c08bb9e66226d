/** The report that is shown: a saved one, or what the address says. As with lists, all of it lives in the address. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useCan } from '@/api/me'
import { viewsQuery, type SavedView } from '../views/api'
import { same, type Tree } from '../views/tree'
import { PLAIN, type ViewState } from '../views/useListView'
import { filteredOf, ofDeals, ofNow, type ReportKind } from './api'
import type { Period } from './period'

export type ReportAsked = { kind?: ReportKind; period?: Period; pipeline?: string; owner?: string; filter?: Tree; saved?: string }
type Change = { [K in keyof ReportAsked]?: ReportAsked[K] | undefined }

export function useReportView(search: ReportAsked, set: (change: Change) => void): ViewState & { kind: ReportKind; period: Period } {
  const may = useCan('view.use')
  const views = useQuery({ ...viewsQuery('report'), enabled: may }).data ?? NONE
  const kind = search.kind ?? 'pipeline'
  const period = search.period ?? 'days_90'
  const view = views.find((one) => one.id === search.saved) ?? null
  const untouched = Object.values(search).every((value) => value === undefined)
  const first = untouched ? views.find((one) => one.opens) : undefined
  const settings = {
    kind,
    pipeline_id: ofDeals(kind) ? (search.pipeline ?? null) : null,
    owner_id: search.owner ?? null,
    period: ofNow(kind) ? null : period,
  }
  const filter = filteredOf(kind) ? (search.filter ?? null) : null
  const open = (next: SavedView | null) =>
    set({
      saved: next?.id ?? PLAIN,
      kind: next?.report?.kind,
      pipeline: next?.report?.pipeline_id ?? undefined,
      owner: next?.report?.owner_id ?? undefined,
      period: next?.report?.period ?? undefined,
      filter: next?.filter ?? undefined,
    })
  useEffect(() => {
    if (first) open(first)
    // Once: what the page opens with is not forced upon who leaves it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [first?.id])
  return {
    noun: 'report',
    filtered: filteredOf(kind),
    views,
    view,
    filter,
    changed: !!view && (!same(view.filter, filter) || !sameReport(view.report, settings)),
    worth: true,
    kept: { filter, report: settings },
    open,
    setFilter: (next) => set({ filter: next ?? undefined }),
    kind,
    period,
  }
}

const sameReport = (one: SavedView['report'], other: NonNullable<SavedView['report']>): boolean =>
  !!one && (['kind', 'pipeline_id', 'owner_id', 'period'] as const).every((key) => (one[key] ?? null) === (other[key] ?? null))

const NONE: SavedView[] = []
