/**
 * Numbers, money, dates and names as a reader of this language and region expects them.
 * The locale is the chosen language joined with the workspace's country ("es-MX"),
 * so that Spanish shows 1,234.50 in Mexico and 1234,50 in Spain.
 */
import i18n from 'i18next'
import { dateFormat, displayNames, numberFormat, relativeFormat } from './intl'

let region: string | undefined
let timeZone: string | undefined

/** Sets region ("MX") and time zone ("America/Mexico_City") of the open workspace. */
export function setRegion(country: string | undefined, zone: string | undefined): void {
  region = country
  timeZone = isTimeZone(zone) ? zone : undefined
}

function isTimeZone(zone: string | undefined): boolean {
  if (!zone) return false
  try {
    dateFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/**
 * Where a language is written by the country's own habits. Elsewhere the language decides alone:
 * for pairs such as English in Spain browsers disagree with themselves about the decimal mark.
 */
const HOMES: Record<string, RegExp> = {
  en: /^(US|CA|GB|IE|AU|NZ|ZA|SG|IN)$/,
  es: /^(ES|MX|AR|BO|CL|CO|CR|CU|DO|EC|GT|HN|NI|PA|PE|PR|PY|SV|US|UY|VE)$/,
  pt: /^(BR|PT|AO|MZ)$/,
  fr: /^(FR|CA|BE|CH|LU)$/,
}

/** The BCP 47 tag used by every formatter. */
export function locale(): string {
  const language = i18n.resolvedLanguage ?? i18n.language ?? 'en'
  return region && HOMES[language]?.test(region) ? `${language}-${region}` : language
}

/** The tag whose calendar is used: weeks begin as the workspace's country has them, whatever language is read. */
export const calendarTag = (): string => (region ? `und-${region}` : locale())

/** The decimal mark of the current locale. */
export function decimalMark(): '.' | ',' {
  return numberFormat(locale()).format(1.5).includes(',') ? ',' : '.'
}

/** An amount and its currency. Without the amount it is hidden: the reader's role does not show amounts. */
export type Money = { amount?: string | null; currency: string }
/** An amount that its reader may see: what is reckoned with, drawn or put into a form. */
export type SeenMoney = { amount: string; currency: string }

export const isSeen = <M extends Money>(value: M): value is M & SeenMoney => typeof value.amount === 'string'

/** Whether an amount is known to be nothing at all; of a hidden one nothing is known. */
export const isNothing = (value: Money): boolean => isSeen(value) && /^-?0*(\.0*)?$/.test(value.amount)

/** The same amount with the other sign. */
export function negated({ amount, currency }: SeenMoney): SeenMoney {
  if (isNothing({ amount, currency })) return { amount: amount.replace('-', ''), currency }
  return { amount: amount.startsWith('-') ? amount.slice(1) : `-${amount}`, currency }
}

/** What stands in a sentence for an amount that its reader may not see. By itself it is shown as `Amount` in src/ui does. */
const hidden = (): string => i18n.t('ui:amount.hidden')

/** Fraction digits of a currency: 2 for EUR, 0 for JPY and CLP. 2 if unknown. */
export function currencyDigits(currency: string): number {
  try {
    return (
      numberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2
    )
  } catch {
    return 2
  }
}

/** "€1,234.50": exact, because Intl formats decimal strings without a float. A hidden amount is said to be hidden. */
export function money(value: Money | null | undefined, options: { whole?: boolean } = {}): string {
  if (!value) return ''
  if (!isSeen(value)) return hidden()
  const format = numberFormat(locale(), {
    style: 'currency',
    currency: value.currency,
    currencyDisplay: 'narrowSymbol',
    // Spanish would leave 4-digit amounts ungrouped, which makes a column of amounts uneven.
    useGrouping: 'always',
    ...(options.whole ? { maximumFractionDigits: 0 } : {}),
  })
  return format.format(value.amount as Intl.StringNumericLiteral)
}

/** A short amount for tight places: "€12.4K". */
export function moneyShort(value: Money): string {
  if (!isSeen(value)) return hidden()
  return numberFormat(locale(), {
    style: 'currency',
    currency: value.currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(value.amount as Intl.StringNumericLiteral)
}

/** A decimal string with grouping, its own fraction digits kept: "1,234.567". */
export function decimal(value: string): string {
  const digits = value.split('.')[1]?.length ?? 0
  return numberFormat(locale(), {
    minimumFractionDigits: Math.min(digits, 20),
    maximumFractionDigits: 20,
  }).format(value as Intl.StringNumericLiteral)
}

export function number(value: number): string {
  return numberFormat(locale()).format(value)
}

/** 0.125 -> "13 %". `value` is a ratio. */
export function percent(value: number): string {
  return numberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(value)
}

/** A calendar date ("2026-11-23") without any time zone shift: "23 Nov 2026". */
export function date(value: string | null | undefined): string {
  if (!value) return ''
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime())) return value
  return dateFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(day)
}

/** An instant in the workspace's time zone: "23 Nov 2026, 16:20". */
export function dateTime(value: string | null | undefined): string {
  if (!value) return ''
  return dateFormat(locale(), {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(value))
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** "3 hours ago", "yesterday", "now". */
export function ago(value: string | null | undefined, now = Date.now()): string {
  if (!value) return ''
  const seconds = (new Date(value).getTime() - now) / 1000
  const relative = relativeFormat(locale(), { numeric: 'auto', style: 'long' })
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit)
  }
  return relative.format(0, 'second')
}

/** Today as a calendar date in the workspace's time zone. */
export function today(): string {
  return dateFormat('en-CA', timeZone ? { timeZone } : {}).format(new Date())
}

/** The name of a country, language or currency in the reader's language; the code if unknown. */
export function nameOf(type: 'region' | 'language' | 'currency', code: string): string {
  try {
    return displayNames(locale(), { type }).of(code) ?? code
  } catch {
    return code
  }
}

/** "12.4 MB" */
export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const power = value > 0 ? Math.min(Math.floor(Math.log10(value) / 3), 3) : 0
  return numberFormat(locale(), {
    style: 'unit',
    unit: units[power] ?? 'byte',
    // The short form of a byte has no plural.
    unitDisplay: power ? 'short' : 'long',
    maximumFractionDigits: power ? 1 : 0,
  }).format(value / 1000 ** power)
}
