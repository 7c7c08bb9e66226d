/** What has been paid of an invoice and what is still owed. */
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan, useSeesAmounts } from '@/api/me'
import { cx } from '@/lib/cx'
import { date, isNothing, isSeen, money } from '@/lib/format'
import { Amount } from '@/ui/Amount'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { invoicePaymentsQuery, type Payment } from '../payments/api'
import { PaymentDialog } from '../payments/PaymentDialog'
import { VoidDialog } from '../payments/VoidDialog'
import type { Invoice } from './api'
import { Credit } from './CreditPanel'

export function PaymentsPanel({ invoice, open, onOpen }: { invoice: Invoice; open: boolean; onOpen: (open: boolean) => void }) {
  const { t } = useTranslation('sales')
  const mayRecord = useCan('payment.record')
  const seesAmounts = useSeesAmounts()
  const why = !mayRecord ? t('not_allowed') : !seesAmounts ? t('ui:amount.no_set') : invoice.actions.includes('pay') ? undefined : t('payment.all_paid')
  const { balance, credited } = invoice
  const over = isSeen(balance) && balance.amount.startsWith('-')
  const hasCredit = !isNothing(credited)
  return (
    <section aria-labelledby="payments" className="panel p-4">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <h2 id="payments" className="flex-1 text-base">
          {t('payment.title')}
        </h2>
        <Button size="sm" icon={<Plus className="size-4" />} why={why} onClick={() => onOpen(true)}>
          {t('payment.record')}
        </Button>
      </div>
      {isSeen(balance) && (
        <dl className={cx('tabular mb-1 grid gap-3', hasCredit ? 'grid-cols-2 sm:grid-cols-4' : 'grid-cols-3')}>
          <Sum label={t('field.total')} value={money(invoice.totals.payable)} />
          <Sum label={t('field.paid')} value={money(invoice.paid)} />
          {hasCredit && <Sum label={t('field.credited')} value={money(credited)} />}
          <Sum label={t(over ? 'payment.too_much' : 'field.balance')} value={money(balance)} tone={isNothing(balance) ? 'text-good' : invoice.status === 'overdue' ? 'text-danger' : ''} />
        </dl>
      )}
      <Payments invoice={invoice.id} none={t('payment.none')} />
      {hasCredit && <Credit of={{ invoice_id: invoice.id }} />}
      {open && isSeen(balance) && <PaymentDialog invoice={{ ...invoice, balance }} onClose={() => onOpen(false)} />}
    </section>
  )
}

/** Money that came in for an invoice, or went out of a credit note. */
export function Payments({ invoice, none }: { invoice: string; none?: string }) {
  const { t } = useTranslation('sales')
  const mayRead = useCan('payment.read')
  const payments = useQuery({ ...invoicePaymentsQuery(invoice), enabled: mayRead })
  const [voiding, setVoiding] = useState<Payment | null>(null)
  const rows = payments.data?.items ?? []
  return (
    <>
      {payments.isLoading && <Skeleton className="mt-3 h-10" />}
      {payments.isError && <ErrorState error={payments.error} onRetry={() => void payments.refetch()} />}
      {rows.length > 0 && (
        <ul className="mt-3 divide-y divide-line border-t border-line">
          {rows.map((payment) => (
            <li key={payment.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <div className="min-w-0 flex-1 basis-40">
                <div className={payment.voided_at ? 'tabular text-faint line-through' : 'tabular'}>
                  {[date(payment.paid_on), payment.is_refund && t('credit.refund_made'), t(`payment.method.${payment.method}`)].filter(Boolean).join(' · ')}
                </div>
                {(payment.reference || payment.void_reason) && (
                  <div className="text-sm wrap-anywhere text-faint">{payment.void_reason ? t('payment.voided_because', { reason: payment.void_reason }) : payment.reference}</div>
                )}
              </div>
              {payment.voided_at && <Badge>{t('payment.voided')}</Badge>}
              <span className={payment.voided_at ? 'tabular text-faint line-through' : 'tabular font-medium'}><Amount value={payment.amount} /></span>
              {payment.actions.includes('void') && (
                <Button size="sm" kind="quiet" onClick={() => setVoiding(payment)}>
                  {t('payment.void')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {none && payments.data && rows.length === 0 && <p className="mt-3 border-t border-line pt-3 text-sm text-faint">{none}</p>}
      {voiding && <VoidDialog payment={voiding} onClose={() => setVoiding(null)} />}
    </>
  )
}

export function Sum({ label, value, tone = '' }: { label: string; value: string; tone?: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-faint">{label}</dt>
      <dd className={`truncate text-lg font-semibold ${tone}`}>{value}</dd>
    </div>
  )
}
