/** Records money that has come in, or was given back of a credit note. The amount begins as the balance; more than that has to
 * be meant, and cannot be given back. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compareDecimals } from '@/lib/decimal'
import { money, today, type SeenMoney } from '@/lib/format'
import { toProblem } from '@/lib/problem'
import { Checkbox } from '@/ui/Checkbox'
import { DateField } from '@/ui/DateField'
import { FormDialog } from '@/ui/Dialog'
import { MoneyField } from '@/ui/MoneyField'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast, toastError } from '@/ui/Toast'
import { refreshSales } from '../document/api'
import { METHODS, recordPayment, voidPayment, type Method } from './api'

type Props = { invoice: { id: string; number: string | null; balance: SeenMoney }; refund?: boolean; onClose: () => void }

const KNOWN = ['amount', 'paid_on', 'method', 'reference']

export function PaymentDialog({ invoice, refund = false, onClose }: Props) {
  const { t } = useTranslation('sales')
  const { balance } = invoice
  const owed = compareDecimals(balance.amount, '0') > 0
  const [amount, setAmount] = useState(owed ? balance.amount : '')
  const [paidOn, setPaidOn] = useState(today())
  const [method, setMethod] = useState<Method>('bank_transfer')
  const [reference, setReference] = useState('')
  const [meant, setMeant] = useState(false)
  const over = !refund && amount !== '' && compareDecimals(amount, owed ? balance.amount : '0') > 0
  const record = useMutation({
    mutationFn: () =>
      recordPayment({
        invoice_id: invoice.id,
        amount: { amount, currency: balance.currency },
        paid_on: paidOn,
        method,
        reference: reference.trim() || null,
        allow_overpayment: over && meant,
      }),
    onSuccess: (payment) => {
      toast({
        text: t(refund ? 'credit.refund_done' : 'payment.recorded', { amount: money(payment.amount) }),
        // Taken back it stays in the books, with its reason.
        undo: () => void voidPayment(payment.id, t('payment.undo_reason')).then(refreshSales, toastError),
      })
      void refreshSales()
      onClose()
    },
  })
  const { fields } = toProblem(record.error)
  const at = (name: string) => fields.find((field) => field.field.split('.')[0] === name)?.message
  const placed = fields.length > 0 && fields.every((field) => KNOWN.includes(field.field.split('.')[0] ?? ''))
  const why = !amount ? t('payment.amount_first') : !paidOn ? t('payment.day_first') : over && !meant ? t('payment.mean_it_first') : undefined
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t(refund ? 'credit.refund' : 'payment.record')}
      about={invoice.number ? t(refund ? 'credit.refund_of' : 'payment.of', { number: invoice.number, balance: money(balance) }) : undefined}
      submit={t(refund ? 'credit.refund' : 'payment.record')}
      busy={record.isPending}
      error={placed ? null : record.error}
      why={why}
      onSubmit={() => record.mutate()}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <MoneyField label={t('payment.amount')} currency={balance.currency} value={amount} onChange={setAmount} error={at('amount')} />
        <DateField label={t(refund ? 'credit.refunded_on' : 'payment.paid_on')} max={today()} value={paidOn} onChange={(event) => setPaidOn(event.target.value)} error={at('paid_on')} />
        <Select label={t('payment.how')} value={method} onChange={(event) => setMethod(METHODS.find((one) => one === event.target.value) ?? 'other')} options={METHODS.map((value) => ({ value, label: t(`payment.method.${value}`) }))} error={at('method')} />
        <TextField label={t('field.reference')} optional maxLength={120} autoComplete="off" value={reference} onChange={(event) => setReference(event.target.value)} error={at('reference')} />
      </div>
      {over && (
        <div className="rounded-md bg-warn-wash px-3 py-2">
          <Checkbox checked={meant} onChange={setMeant} label={t('payment.over')} hint={t('payment.over_hint')} />
        </div>
      )}
    </FormDialog>
  )
}
