/** Reports: what the server is asked and answers. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'

export type Report = Schema<'Report'>
export type ReportKind = Schema<'ReportKind'>
export type ReportRow = Schema<'ReportRow'>
export type ReportColumn = Schema<'ReportColumn'>

export const KINDS = ['pipeline', 'forecast', 'conversion', 'velocity', 'lost', 'activity', 'source'] as const satisfies readonly ReportKind[]

/** Reports of what there is now take no period. */
export const ofNow = (kind: ReportKind) => kind === 'pipeline' || kind === 'forecast'
export const ofDeals = (kind: ReportKind) => kind !== 'activity' && kind !== 'source'

export type Asked = { pipeline_id?: string; owner_id?: string; from?: string; to?: string }

/** A key of its own per noun that it counts: news of a deal counts it anew. */
export const reportQuery = (kind: ReportKind, asked: Asked) =>
  queryOptions({
    queryKey: [kind === 'activity' ? 'activity' : kind === 'source' ? 'lead' : 'deal', 'report', kind, asked],
    queryFn: () => ok(api.GET('/api/v1/reports/{kind}', { params: { path: { kind }, query: asked } })),
  })
