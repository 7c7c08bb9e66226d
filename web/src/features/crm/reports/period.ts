/** Periods of a report: so many days back, or the present or last month, quarter or year. The server knows their days. */
import type { Schema } from '@/api/schema'

export type Period = Schema<'ReportPeriod'>

export const PERIODS = ['days_7', 'days_30', 'days_90', 'days_365', 'month', 'quarter', 'year', 'last_month', 'last_quarter', 'last_year'] as const satisfies readonly Period[]
