/** All payments, voided ones crossed out. */
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Wallet } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSeesAmounts } from '@/api/me'
import { useList } from '@/api/query'
import { cx } from '@/lib/cx'
import { date } from '@/lib/format'
import { Amount } from '@/ui/Amount'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { listPayments, type Payment } from './api'
import { VoidDialog } from './VoidDialog'

const route = getRouteApi('/_app/payments')

export function PaymentList() {
  const { t } = useTranslation('sales')
  const { sort } = route.useSearch()
  const navigate = useNavigate({ from: '/payments' })
  const list = useList<Payment>(['payment', 'list', { sort }], listPayments({ sort }))
  const [voiding, setVoiding] = useState<Payment | null>(null)
  const columns = useColumns(setVoiding)
  return (
    <>
      <PageHeader title={t('app:nav.payments')} about={t('payment.about')} />
      <DataTable
        id="payments"
        label={t('app:nav.payments')}
        columns={columns}
        list={list}
        rowId={(payment) => payment.id}
        onOpen={(payment) => void navigate({ to: '/invoices/$id', params: { id: payment.invoice_id } })}
        card={(payment) => <PaymentCard payment={payment} />}
        sort={sort}
        onSort={(next) => void navigate({ search: (before) => ({ ...before, sort: next }), replace: true })}
        empty={
          <EmptyState
            icon={<Wallet />}
            title={t('payment.empty_title')}
            action={
              <Button asChild>
                <Link to="/invoices" search={{ status: 'open' }}>
                  {t('payment.empty_action')}
                </Link>
              </Button>
            }
          >
            {t('payment.empty_text')}
          </EmptyState>
        }
      />
      {voiding && <VoidDialog payment={voiding} onClose={() => setVoiding(null)} />}
    </>
  )
}

function useColumns(onVoid: (payment: Payment) => void): Column<Payment>[] {
  const { t } = useTranslation('sales')
  const seesAmounts = useSeesAmounts()
  return useMemo(
    () => [
      { id: 'paid_on', header: t('payment.paid_on'), width: 150, sort: 'paid_on', fixed: true, cell: (payment) => <span className={cx('tabular', payment.voided_at && 'text-faint line-through')}>{date(payment.paid_on)}</span> },
      {
        id: 'invoice',
        header: t('invoice.one'),
        width: 170,
        cell: (payment) => (
          <Link to="/invoices/$id" params={{ id: payment.invoice_id }} className="tabular font-medium hover:underline">
            {payment.invoice_number}
          </Link>
        ),
      },
      { id: 'customer', header: t('field.customer'), cell: (payment) => payment.customer },
      { id: 'method', header: t('payment.how'), width: 130, cell: (payment) => [payment.is_refund && t('credit.refund_made'), t(`payment.method.${payment.method}`)].filter(Boolean).join(' · ') },
      { id: 'reference', header: t('field.reference'), width: 140, cell: (payment) => payment.reference },
      {
        id: 'state',
        header: t('field.state'),
        width: 110,
        cell: (payment) =>
          payment.voided_at ? (
            <Badge>{t('payment.voided')}</Badge>
          ) : payment.actions.includes('void') ? (
            <Button size="sm" kind="quiet" className="-ml-2" onClick={() => onVoid(payment)}>
              {t('payment.void')}
            </Button>
          ) : null,
      },
      { id: 'amount', header: t('payment.amount'), width: 140, ...(seesAmounts && { sort: 'amount' }), align: 'right', cell: (payment) => <span className={cx('font-medium', payment.voided_at && 'text-faint line-through')}><Amount value={payment.amount} /></span> },
    ],
    [t, onVoid, seesAmounts],
  )
}

function PaymentCard({ payment }: { payment: Payment }) {
  const { t } = useTranslation('sales')
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <Link to="/invoices/$id" params={{ id: payment.invoice_id }} className="block truncate font-medium">
          {payment.customer ?? payment.invoice_number}
        </Link>
        <div className="tabular truncate text-sm text-soft">{[payment.invoice_number, date(payment.paid_on), payment.is_refund && t('credit.refund_made'), t(`payment.method.${payment.method}`)].filter(Boolean).join(' · ')}</div>
      </div>
      <div className="shrink-0 text-right">
        <div className={cx('tabular font-medium', payment.voided_at && 'text-faint line-through')}><Amount value={payment.amount} /></div>
        {payment.voided_at && <Badge>{t('payment.voided')}</Badge>}
      </div>
    </div>
  )
}
