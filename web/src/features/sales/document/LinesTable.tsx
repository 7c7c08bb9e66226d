/** The lines of a document as they stand, to be read: what it is and how it is reckoned on the left, the amount on the right. */
import { useTranslation } from 'react-i18next'
import { money } from '@/lib/format'
import { Amount } from '@/ui/Amount'
import type { DocumentLine, Totals } from './api'
import { rateText, reckoned, taxText } from './words'

type Props = { lines: DocumentLine[]; totals: Totals; withTax: boolean }

export function LinesTable({ lines, totals, withTax }: Props) {
  const { t } = useTranslation('sales')
  if (lines.length === 0) return <p className="panel px-4 py-6 text-center text-base text-soft">{t('line.none')}</p>
  return (
    <table className="panel w-full border-separate border-spacing-0 overflow-hidden">
      <thead>
        <tr className="text-sm text-soft [&_th]:px-4 [&_th]:py-1.5 [&_th]:font-medium">
          <th className="text-left">{t('line.description')}</th>
          <th className="text-right">{t(withTax ? 'line.amount_with_tax' : 'line.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => {
          const sum = totals.lines[index]
          return (
            <tr key={index} className="align-top [&_td]:border-t [&_td]:border-line [&_td]:px-4 [&_td]:py-2">
              <td className="wrap-anywhere">
                <div>{line.description}</div>
                {line.details && <div className="text-sm whitespace-pre-wrap text-soft">{line.details}</div>}
                <Reckoning line={line} currency={totals.payable.currency} />
              </td>
              <td className="tabular text-right whitespace-nowrap">{sum && <Amount value={withTax ? sum.with_tax : sum.net} />}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** "2 h × 713,37 · Discount 10 % · IVA 21 %" */
function Reckoning({ line, currency }: { line: DocumentLine; currency: string }) {
  const { t } = useTranslation('sales')
  const { discount } = line
  const off = discount && (discount.percent ? rateText(discount.percent) : money({ amount: discount.amount ?? null, currency }))
  const parts = [reckoned(line), off && t('line.discount_of', { discount: off }), ...(line.taxes ?? []).map(taxText)].filter(Boolean)
  return <div className="tabular text-sm text-faint">{parts.join(' · ')}</div>
}
