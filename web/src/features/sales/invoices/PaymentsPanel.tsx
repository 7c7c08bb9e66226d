/** What has been paid of an invoice and what is still owed. */
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan, useSeesAmounts } from '@/api/me'
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

export function PaymentsPanel({ invoice, open, onOpen }: { invoice: Invoice; open: boolean; onOpen: (open: boolean) => void }) {
  const { t } = useTranslation('sales')
  const mayRead = useCan('payment.read')
  const mayRecord = useCan('payment.record')
  const seesAmounts = useSeesAmounts()
  const why = !mayRecord ? t('not_allowed') : !seesAmounts ? t('ui:amount.no_set') : invoice.actions.includes('pay') ? undefined : t('payment.all_paid')
  const payments = useQuery({ ...invoicePaymentsQuery(invoice.id), enabled: mayRead })
  const [voiding, setVoiding] = useState<Payment | null>(null)
  const { balance } = invoice
  const over = isSeen(balance) && balance.amount.startsWith('-')
  const rows = payments.data?.items ?? []
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
        <dl className="tabular mb-1 grid grid-cols-3 gap-3">
          <Sum label={t('field.total')} value={money(invoice.totals.payable)} />
          <Sum label={t('field.paid')} value={money(invoice.paid)} />
          <Sum label={t(over ? 'payment.too_much' : 'field.balance')} value={money(balance)} tone={isNothing(balance) ? 'text-good' : invoice.status === 'overdue' ? 'text-danger' : ''} />
        </dl>
      )}
      {payments.isLoading && <Skeleton className="mt-3 h-10" />}
      {payments.isError && <ErrorState error={payments.error} onRetry={() => void payments.refetch()} />}
      {rows.length > 0 && (
        <ul className="mt-3 divide-y divide-line border-t border-line">
          {rows.map((payment) => (
            <li key={payment.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <div className="min-w-0 flex-1 basis-40">
                <div className={payment.voided_at ? 'tabular text-faint line-through' : 'tabular'}>
                  {date(payment.paid_on)} · {t(`payment.method.${payment.method}`)}
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
      {payments.data && rows.length === 0 && <p className="mt-3 border-t border-line pt-3 text-sm text-faint">{t('payment.none')}</p>}
      {open && isSeen(balance) && <PaymentDialog invoice={{ ...invoice, balance }} onClose={() => onOpen(false)} />}
      {voiding && <VoidDialog payment={voiding} onClose={() => setVoiding(null)} />}
    </section>
  )
}

function Sum({ label, value, tone = '' }: { label: string; value: string; tone?: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-faint">{label}</dt>
      <dd className={`truncate text-lg font-semibold ${tone}`}>{value}</dd>
    </div>
  )
}
