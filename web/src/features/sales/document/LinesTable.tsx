/** The lines of a document as they stand, to be read. */
import { useTranslation } from 'react-i18next'
import { decimal, money } from '@/lib/format'
import type { DocumentLine, Totals } from './api'
import { rateText, taxText } from './words'

type Props = { lines: DocumentLine[]; totals: Totals; withTax: boolean }

export function LinesTable({ lines, totals, withTax }: Props) {
  const { t } = useTranslation('sales')
  const { currency } = totals.payable
  const off = (line: DocumentLine): string => {
    if (!line.discount) return ''
    return 'percent' in line.discount && line.discount.percent != null ? rateText(line.discount.percent) : money({ amount: (line.discount as { amount: string }).amount, currency })
  }
  if (lines.length === 0) return <p className="panel px-4 py-6 text-center text-base text-soft">{t('line.none')}</p>
  return (
    <div className="panel overflow-hidden">
      <table className="w-full border-collapse">
        <thead>
          <tr className="border-b border-line text-sm text-soft [&_th]:px-3 [&_th]:py-1.5 [&_th]:font-medium">
            <th className="text-left">{t('line.description')}</th>
            <th className="text-right max-sm:hidden">{t('line.quantity')}</th>
            <th className="text-right max-sm:hidden">{t('line.unit_price')}</th>
            <th className="text-left max-lg:hidden">{t('line.tax')}</th>
            <th className="text-right">{t(withTax ? 'line.amount_with_tax' : 'line.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => {
            const sum = totals.lines[index]
            const quantity = [decimal(line.quantity), line.unit].filter(Boolean).join(' ')
            return (
              <tr key={index} className="border-b border-line align-top last:border-0 [&_td]:px-3 [&_td]:py-2">
                <td className="wrap-anywhere">
                  <div>{line.description}</div>
                  {line.details && <div className="text-sm whitespace-pre-wrap text-faint">{line.details}</div>}
                  <div className="tabular text-sm text-faint sm:hidden">
                    {quantity} × {decimal(line.unit_price)}
                  </div>
                  <div className="text-sm text-faint lg:hidden">{line.taxes.map(taxText).join(', ')}</div>
                  {line.discount && <div className="text-sm text-faint">{t('line.discount_of', { discount: off(line) })}</div>}
                </td>
                <td className="tabular text-right whitespace-nowrap max-sm:hidden">{quantity}</td>
                <td className="tabular text-right whitespace-nowrap max-sm:hidden">{decimal(line.unit_price)}</td>
                <td className="text-soft max-lg:hidden">{line.taxes.map(taxText).join(', ')}</td>
                <td className="tabular text-right whitespace-nowrap">{sum && money(withTax ? sum.with_tax : sum.net)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
