/** A report in words: what its rows and columns are called, and its figures as people write them. */
import { useTranslation } from 'react-i18next'
import { decimal, money } from '@/lib/format'
import type { ReportColumn, ReportRow } from './api'

export function useReportWords() {
  const { t, i18n } = useTranslation(['reports', 'leads'])
  const rowName = (row: ReportRow, kind: string): string => {
    const special = row.special ?? 'none'
    if (row.label === null || row.label === undefined) {
      // What "none" means, each report says: no reason chosen, no day.
      const own = `special.${special}_${kind}`
      return t((i18n.exists(`reports:${own}`) ? own : `special.${special}`) as 'special.none')
    }
    if (kind === 'forecast') return new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${row.label}-01T00:00:00Z`))
    if (kind === 'source') {
      const key = `source.${row.label}`
      return i18n.exists(`leads:${key}`) ? t(`leads:${key}` as 'leads:source.manual') : row.label
    }
    return row.label
  }
  const columnName = (column: ReportColumn): string => {
    const name = t(`column.${column.key}` as 'column.deals')
    return column.currency ? `${name} (${column.currency})` : name
  }
  const figure = (column: ReportColumn, value: string | null | undefined): string => {
    if (value === null || value === undefined) return '—'
    if (column.unit === 'money') return money({ amount: value, currency: column.currency ?? 'EUR' })
    if (column.unit === 'percent') return `${decimal(value)} %`
    return column.unit === 'days' ? t('days', { count: Number(value), shown: decimal(value) }) : decimal(value)
  }
  return { rowName, columnName, figure }
}
