/** How the figures of a document came about, step by step, to follow with a pocket calculator. */
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { decimal } from '@/lib/format'
import type { Step } from './api'
import { rateText } from './words'

type Told = { group: 'line' | 'discount' | 'tax' | 'total'; name: string; how: string; result: string }

/** A step in words. Signs are those of the pocket calculator: × ÷ = ≈. */
function useTeller(): (step: Exclude<Step, { step: 'method' }>) => Told {
  const { t } = useTranslation('sales')
  const nth = (line: number) => t('line.number', { number: line + 1 })
  const nths = (lines: number[]) => lines.map((line) => line + 1).join(', ')
  const off = (percent: string | null) => (percent === null ? t('step.as_given') : rateText(percent))
  return (step) => {
    switch (step.step) {
      case 'line_amount':
        return { group: 'line', name: nth(step.line), how: `${decimal(step.quantity)} × ${decimal(step.unit_price)}`, result: decimal(step.amount) }
      case 'line_discount':
        return { group: 'line', name: t('step.line_discount', { line: nth(step.line) }), how: off(step.percent), result: `−${decimal(step.amount)}` }
      case 'document_discount':
        return { group: 'discount', name: t('step.document_discount'), how: off(step.percent), result: `−${decimal(step.amount)}` }
      case 'line_share':
        return { group: 'discount', name: t('step.line_share', { line: nth(step.line) }), how: '', result: `−${decimal(step.amount)}` }
      case 'tax_included':
        return {
          group: 'tax',
          name: t('step.tax_included', { lines: nths(step.lines) }),
          how: `${decimal(step.with_tax)} ÷ (1 + ${rateText(step.rate)}) = ${decimal(step.base)}`,
          result: decimal(step.tax),
        }
      case 'line_base':
        return { group: 'line', name: t('step.line_base', { line: nth(step.line) }), how: '', result: decimal(step.amount) }
      case 'line_tax':
        return { group: 'tax', name: `${step.name} · ${nth(step.line)}`, how: `${decimal(step.base)} × ${rateText(step.rate)}`, result: (step.withheld ? '−' : '') + decimal(step.amount) }
      case 'document_tax':
        return {
          group: 'tax',
          name: step.name,
          how: `${decimal(step.base)} × ${rateText(step.rate)}${step.exact === step.amount ? '' : ` ≈ ${decimal(step.exact)}`}`,
          result: (step.withheld ? '−' : '') + decimal(step.amount),
        }
      case 'total':
        return { group: 'total', name: t(`figure.${step.figure}`), how: t(`step.total.${step.figure}`), result: decimal(step.amount) }
    }
  }
}

const GROUPS = ['line', 'discount', 'tax', 'total'] as const

export function Calculation({ steps }: { steps: Step[] }) {
  const { t } = useTranslation('sales')
  const tell = useTeller()
  const method = steps.find((step) => step.step === 'method')
  const told = steps.flatMap((step) => (step.step === 'method' ? [] : [tell(step)]))
  return (
    <div className="text-sm">
      {method && (
        <p className="mb-2 text-soft">
          {t(`step.norm.${method.norm}`, { decimals: method.decimals, line_decimals: method.line_decimals })} {method.prices_include_tax && t('step.with_tax')}
        </p>
      )}
      <div role="region" aria-label={t('step.title')} tabIndex={0} className="max-h-96 overflow-auto">
        <table className="w-full">
          <thead className="sr-only">
            <tr>
              <th>{t('step.what')}</th>
              <th>{t('step.how')}</th>
              <th>{t('step.result')}</th>
            </tr>
          </thead>
          {GROUPS.map((group) => {
            const rows = told.filter((row) => row.group === group)
            if (rows.length === 0) return null
            return (
              <tbody key={group}>
                <tr>
                  <th scope="colgroup" colSpan={3} className="pt-2 pb-0.5 text-left text-xs font-medium text-faint">
                    {t(`step.group.${group}`)}
                  </th>
                </tr>
                {rows.map((row, index) => (
                  <tr key={index} className="border-t border-line align-baseline">
                    <th scope="row" className="py-1 pr-3 text-left font-normal">
                      {row.name}
                    </th>
                    <td className="tabular py-1 pr-3 text-soft">{row.how}</td>
                    <td className="tabular py-1 text-right font-medium whitespace-nowrap">{row.result}</td>
                  </tr>
                ))}
              </tbody>
            )
          })}
        </table>
      </div>
    </div>
  )
}

/** The explanation, folded away until wanted. */
export function HowComputed({ children, onOpen }: { children: ReactNode; onOpen?: () => void }) {
  const { t } = useTranslation('sales')
  return (
    <details className="group" onToggle={(event) => event.currentTarget.open && onOpen?.()}>
      <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-sm text-accent-ink hover:underline [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        {t('step.title')}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  )
}
