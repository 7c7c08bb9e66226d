/** Groups in words: what each is called, and its figures as people write them. */
import { useTranslation } from 'react-i18next'
import { date, dateTime, decimal, locale, money, nameOf } from '@/lib/format'
import type { FilterField } from '../views/api'
import { useFieldName } from '../views/useFieldName'
import type { Each, Figure, Group } from './api'
import { isDated, partsOfAggregate } from './by'

const utc = (day: string) => new Date(`${day}T00:00:00Z`)

/** A span of days in the reader's words, by its first day. */
export function spanName(first: string, each: Each, say: { week: (day: string) => string; quarter: (n: number, year: number) => string }): string {
  const at = utc(first)
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(at)
  switch (each) {
    case 'day':
      return format({ dateStyle: 'full' })
    case 'week':
      return say.week(date(first))
    case 'month':
      return format({ month: 'long', year: 'numeric' })
    case 'quarter':
      return say.quarter(Math.floor(at.getUTCMonth() / 3) + 1, at.getUTCFullYear())
    case 'year':
      return format({ year: 'numeric' })
  }
}

export function useGroupWords(fields: FilterField[]) {
  const { t, i18n } = useTranslation(['views', 'leads'])
  const nameOfField = useFieldName()
  const find = (name: string | undefined) => fields.find((field) => field.name === name)
  const groupName = (group: Group, by: string | null | undefined, each: Each | null | undefined): string => {
    const { key, label } = group
    if (key === null || key === undefined) return t('no_value')
    if (each) return spanName(key, each, { week: (day) => t('week_from', { day }), quarter: (quarter, year) => t('quarter_of', { quarter, year }) })
    if (by === 'country' && key.length === 2) return nameOf('region', key.toUpperCase())
    if (by === 'source' && i18n.exists(`leads:source.${key}`)) return t(`leads:source.${key}` as 'leads:source.manual')
    if (label) return label
    // A record that this reader does not see has no name for them.
    if (/^[a-z]{3}_[0-9a-f]{32}$/.test(key)) return t('unseen')
    return i18n.exists(`views:words.${key}`) ? t(`words.${key}` as 'words.open') : key
  }
  const aggregateName = (aggregate: string): string => {
    const { op, name } = partsOfAggregate(aggregate)
    const field = find(name)
    const shown = field ? nameOfField(field) : t('gone')
    const key = field && isDated(field) ? `aggregate.${op}_day` : `aggregate.${op}`
    return t(key as 'aggregate.sum', { field: shown })
  }
  const figure = (aggregate: string, { value, currency }: Figure): string => {
    const field = find(partsOfAggregate(aggregate).name)
    if (currency) return money({ amount: value, currency })
    if (field?.kind === 'date') return date(value)
    return field?.kind === 'time' ? dateTime(value) : decimal(value)
  }
  const figures = (aggregate: string, all: Figure[] | undefined): string => (all && all.length > 0 ? all.map((one) => figure(aggregate, one)).join(' + ') : '—')
  return { groupName, aggregateName, figures }
}
