/** The sum of a document: net, discounts, each tax, what is to be paid. */
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { isNothing, isSeen, money } from '@/lib/format'
import { explain } from '@/lib/problem'
import { AmountsHidden } from '@/ui/Amount'
import { Notice } from '@/ui/Notice'
import { Skeleton } from '@/ui/Skeleton'
import type { Totals as Figures } from './api'
import type { Computed } from './useCalculation'
import { minus, taxText } from './words'

/** Of a credit note nothing is to be paid: it says what the whole comes to. */
export function Totals({ totals, faded, credit }: { totals: Figures; faded?: boolean; credit?: boolean }) {
  const { t } = useTranslation('sales')
  if (!isSeen(totals.payable)) return <AmountsHidden />
  const rows: { key: string; name: string; value: string; note?: string }[] = [
    ...(isNothing(totals.discount) && isNothing(totals.allowance) ? [] : [{ key: 'gross', name: t('figure.gross'), value: money(totals.gross) }]),
    ...(isNothing(totals.discount) ? [] : [{ key: 'discount', name: t('figure.discount'), value: money(minus(totals.discount)) }]),
    ...(isNothing(totals.allowance) ? [] : [{ key: 'allowance', name: t('figure.allowance'), value: money(minus(totals.allowance)) }]),
    { key: 'net', name: t('figure.net'), value: money(totals.net) },
    ...totals.breakdown.map((row, index) => ({
      key: `tax-${index}`,
      name: taxText({ name: row.name, rate: row.rate }),
      note: t('figure.on', { base: money(row.base) }),
      value: money(row.withheld ? minus(row.tax) : row.tax),
    })),
  ]
  return (
    <dl className={cx('tabular flex flex-col gap-1.5 transition-opacity', faded && 'opacity-50')}>
      {rows.map((row) => (
        <div key={row.key} className="flex items-baseline justify-between gap-4">
          <dt className="min-w-0 text-soft">
            {row.name} {row.note && <span className="text-sm text-faint">{row.note}</span>}
          </dt>
          <dd className="shrink-0">{row.value}</dd>
        </div>
      ))}
      <div className="mt-1 flex items-baseline justify-between gap-4 border-t border-line pt-2 text-lg font-semibold">
        <dt>{t(credit ? 'field.total' : 'figure.payable')}</dt>
        <dd className="shrink-0">{money(totals.payable)}</dd>
      </div>
    </dl>
  )
}

/** The totals while a document is being written. */
export function LiveTotals({ computed }: { computed: Computed }) {
  const { t } = useTranslation('sales')
  if (computed.error && !computed.settling) return <Notice tone="warn">{explain(computed.error)}</Notice>
  if (!computed.calculation) return <Skeleton className="h-24" />
  return (
    <div aria-live="polite" aria-busy={computed.settling}>
      <span className="sr-only">{t('figure.live')}</span>
      <Totals totals={computed.calculation.totals} faded={computed.settling} />
    </div>
  )
}
