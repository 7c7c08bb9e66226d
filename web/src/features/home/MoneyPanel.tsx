/** Invoiced, paid, due, overdue; and the last months as bars with a table twin. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSeesAmounts } from '@/api/me'
import { isNothing, isSeen, money, moneyShort } from '@/lib/format'
import { Amount, AmountsHidden } from '@/ui/Amount'
import { Stat } from '@/ui/Stat'
import type { Finances } from './api'
import { MonthChart } from './MonthChart'

export function MoneyPanel({ money: view }: { money: Finances }) {
  const { t } = useTranslation('home')
  const seesAmounts = useSeesAmounts()
  // The whole figure stands in the title; in its place only what is read at a glance.
  const short = (value: Finances['due']) => {
    if (!isSeen(value)) return <Amount value={value} />
    const digits = value.amount.replace(/^-/, '').split('.')[0]?.length ?? 0
    return <span title={money(value)}>{digits > 6 ? moneyShort(value) : money(value, { whole: digits > 3 })}</span>
  }
  return (
    <section aria-labelledby="home-money" className="panel p-5 max-md:p-4">
      <h2 id="home-money" className="mb-3 text-base">
        {t('money.title')}
      </h2>
      <div className="grid grid-cols-2 gap-x-4 gap-y-5 sm:grid-cols-4">
        <Stat label={t('money.invoiced')} value={short(view.invoiced)} note={t('money.this_month')} />
        <Stat label={t('money.paid')} value={short(view.paid)} note={t('money.this_month')} />
        <Link to="/invoices" search={{ status: 'open' }} className="-m-2 rounded-md p-2 hover:bg-hover/60">
          <Stat label={t('money.due')} value={short(view.due)} note={t('money.due_note')} />
        </Link>
        <Link to="/invoices" search={{ status: 'overdue' }} className="-m-2 rounded-md p-2 hover:bg-hover/60">
          <Stat
            label={t('money.overdue')}
            value={short(view.overdue)}
            note={t('money.overdue_note', { count: view.overdue_count })}
            {...(isNothing(view.overdue) ? {} : { tone: 'danger' as const })}
          />
        </Link>
      </div>
      {view.other_currencies > 0 && <p className="mt-3 text-sm text-faint">{t('money.other_currencies', { count: view.other_currencies })}</p>}
      <div className="mt-6">{seesAmounts ? <MonthChart months={view.months} /> : <AmountsHidden />}</div>
    </section>
  )
}
