/** Taxes and figures in words. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { decimal, isSeen, locale, type Money, negated } from '@/lib/format'
import { presetsQuery, type Preset, type Tax } from './api'

/** "21" is "21 %", exactly and as the reader writes it. */
export function rateText(rate: string): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 8 }).format(`${rate}e-2` as Intl.StringNumericLiteral)
}

/** "IVA 21 %", "IRPF −15 %" */
export function taxText(tax: Pick<Tax, 'name' | 'rate' | 'withheld'>): string {
  return `${tax.name} ${tax.withheld ? '−' : ''}${rateText(tax.rate)}`
}

/** The same amount with a minus, for what is subtracted. */
export function minus(value: Money): Money {
  return isSeen(value) ? negated(value) : value
}

/** "2 h × 713,37"; without the price where it is hidden, which the types do not say of a line. */
export function reckoned(line: { quantity: string; unit?: string | null; unit_price: string | null }): string {
  const quantity = [decimal(line.quantity), line.unit].filter(Boolean).join('\u00a0')
  return line.unit_price === null ? quantity : `${quantity} × ${decimal(line.unit_price)}`
}

/** What kind of tax a preset is: "standard", "reduced, Canary Islands". */
export function usePresetKind(): (preset: Preset) => string {
  const { t } = useTranslation('sales')
  return (preset) => {
    const kind = t(`tax.kind.${preset.name_key}`)
    return preset.region ? `${kind} (${preset.region})` : kind
  }
}

/** Today's taxes of the issuer's country; none where we know none or the list could not be loaded. */
export function usePresets(): { presets: Preset[]; suggested: Tax[]; isLoading: boolean } {
  const asked = useQuery(presetsQuery)
  const presets = asked.data?.items ?? []
  return { presets, suggested: presets.filter((preset) => preset.suggested).map((preset) => preset.tax), isLoading: asked.isLoading }
}
