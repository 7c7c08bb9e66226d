/** Two bars a month: invoiced and paid. The same figures are a table for screen readers, and for everyone by a switch. */
import { Table2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { isSeen, locale, money, moneyShort, type Money } from '@/lib/format'
import { IconButton } from '@/ui/IconButton'
import type { Month } from './api'

/** Only to size a bar. Without amounts there is no chart: whoever draws it asks first. */
const size = (value: Money) => (isSeen(value) ? Math.max(0, Number(value.amount)) : 0)

function monthName(month: string, style: 'short' | 'long'): string {
  return new Intl.DateTimeFormat(locale(), { month: style, timeZone: 'UTC', ...(style === 'long' ? { year: 'numeric' } : {}) }).format(new Date(`${month}-01T00:00:00Z`))
}

export function MonthChart({ months }: { months: Month[] }) {
  const { t } = useTranslation('home')
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  const most = Math.max(1, ...months.flatMap((month) => [size(month.invoiced), size(month.paid)]))
  return (
    <figure aria-labelledby={id}>
      <figcaption className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
        <span id={id} className="flex-1 text-sm font-medium text-soft">
          {t('months.title')}
        </span>
        <Key className="bg-accent" name={t('money.invoiced')} />
        <Key className="bg-good" name={t('money.paid')} />
        <IconButton size="sm" label={t(asTable ? 'ui:chart.show_chart' : 'ui:chart.show_table')} aria-pressed={asTable} icon={<Table2 className="size-4" />} onClick={() => setAsTable(!asTable)} />
      </figcaption>
      {!asTable && (
        <div aria-hidden className="flex gap-2">
          {months.map((month) => (
            <div key={month.month} className="group flex min-w-0 flex-1 flex-col text-center" title={`${monthName(month.month, 'long')}: ${money(month.invoiced)} / ${money(month.paid)}`}>
              <div className="flex h-32 items-end justify-center gap-1 border-b border-line">
                <Column value={month.invoiced} most={most} className="bg-accent" />
                <Column value={month.paid} most={most} className="bg-good" />
              </div>
              <span className="mt-1 truncate text-xs text-faint">{monthName(month.month, 'short')}</span>
              <span className="tabular truncate text-2xs text-soft max-sm:hidden">{size(month.invoiced) > 0 ? moneyShort(month.invoiced) : ''}</span>
            </div>
          ))}
        </div>
      )}
      <table className={asTable ? 'w-full text-base' : 'sr-only'}>
        <thead>
          <tr className="text-left text-sm text-faint">
            <th className="py-1 font-medium">{t('months.month')}</th>
            <th className="py-1 text-right font-medium">{t('money.invoiced')}</th>
            <th className="py-1 text-right font-medium">{t('money.paid')}</th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr key={month.month} className="border-t border-line">
              <th scope="row" className="py-1.5 text-left font-normal">
                {monthName(month.month, 'long')}
              </th>
              <td className="tabular py-1.5 text-right">{money(month.invoiced)}</td>
              <td className="tabular py-1.5 text-right">{money(month.paid)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

function Key({ className, name }: { className: string; name: string }) {
  return (
    <span className="flex items-center gap-1.5 text-sm text-soft">
      <span aria-hidden className={cx('size-2.5 rounded-sm', className)} /> {name}
    </span>
  )
}

function Column({ value, most, className }: { value: Money; most: number; className: string }) {
  const share = size(value) / most
  return <div className={cx('w-full max-w-7 rounded-t-sm', share > 0 ? className : 'bg-line')} style={{ height: share > 0 ? `max(2px, ${share * 100}%)` : '2px' }} />
}
