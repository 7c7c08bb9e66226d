/** Reports: what the server is asked and answers. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'
import type { Period } from './period'

export type Report = Schema<'Report'>
export type ReportKind = Schema<'ReportKind'>
export type ReportRow = Schema<'ReportRow'>
export type ReportColumn = Schema<'ReportColumn'>

export const KINDS = ['pipeline', 'forecast', 'conversion', 'velocity', 'lost', 'activity', 'source'] as const satisfies readonly ReportKind[]

/** Reports of what there is now take no period. */
export const ofNow = (kind: ReportKind) => kind === 'pipeline' || kind === 'forecast'
export const ofDeals = (kind: ReportKind) => kind !== 'activity' && kind !== 'source'

/** What its filter is about; activities have none. */
export const filteredOf = (kind: ReportKind) => (kind === 'activity' ? null : kind === 'source' ? 'lead' : 'deal')

/** A report without its amounts: the columns that are not money, and their values. */
export function countsOf(report: Report): Report {
  const kept = report.columns.map((column) => column.unit !== 'money')
  const only = <T>(list: T[]) => list.filter((_, at) => kept[at])
  return { ...report, columns: only(report.columns), rows: report.rows.map((row) => ({ ...row, values: only(row.values) })) }
}

export type Asked = { pipeline_id?: string; owner_id?: string; period?: Period; filter?: string }

/** A key of its own per noun that it counts: news of a deal counts it anew. */
export const reportQuery = (kind: ReportKind, asked: Asked) =>
  queryOptions({
    queryKey: [kind === 'activity' ? 'activity' : kind === 'source' ? 'lead' : 'deal', 'report', kind, asked],
    queryFn: () => ok(api.GET('/api/v1/reports/{kind}', { params: { path: { kind }, query: asked } })),
  })
