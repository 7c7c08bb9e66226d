/** Settles a part of another invoice of the same customer by what is left of a credit note. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compareDecimals } from '@/lib/decimal'
import { isSeen, money, type SeenMoney } from '@/lib/format'
import { toProblem } from '@/lib/problem'
import { FormDialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { MoneyField } from '@/ui/MoneyField'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'
import { refreshSales } from '../document/api'
import { openInvoicesQuery, spendCredit, type Invoice, type InvoiceSummary } from './api'

type Props = { note: Invoice; left: SeenMoney; onClose: () => void }

const least = (one: string, other: string) => (compareDecimals(one, other) > 0 ? other : one)

export function UseCreditDialog({ note, left, onClose }: Props) {
  const { t } = useTranslation('sales')
  const invoices = useQuery(openInvoicesQuery(note))
  const open = (invoices.data ?? []).filter((invoice) => isSeen(invoice.balance) && invoice.balance.currency === left.currency)
  const [chosen, setChosen] = useState<string | null>(null)
  const [written, setWritten] = useState<string | null>(null)
  const invoice = open.find((one) => one.id === chosen) ?? open[0]
  const owed = invoice && isSeen(invoice.balance) ? invoice.balance.amount : '0'
  const amount = written ?? least(left.amount, owed)
  const use = useMutation({
    mutationFn: (on: InvoiceSummary) => spendCredit(note.id, { invoice_id: on.id, amount: { amount, currency: left.currency } }),
    onSuccess: (used) => {
      toast({ text: t('credit.used_done', { number: used.invoice_number ?? '' }) })
      void refreshSales()
      onClose()
    },
  })
  const { fields } = toProblem(use.error)
  const at = (name: string) => fields.find((field) => field.field.split('.')[0] === name)?.message
  return (
    <FormDialog
      open
      size="sm"
      onClose={onClose}
      title={t('credit.use')}
      about={t('credit.use_about', { amount: money(left) })}
      submit={t('credit.use')}
      busy={use.isPending}
      error={fields.length > 0 ? null : use.error}
      why={!invoice ? t('credit.nothing_open') : amount ? undefined : t('payment.amount_first')}
      onSubmit={() => invoice && use.mutate(invoice)}
    >
      {invoices.isLoading && <Skeleton className="h-24" />}
      {invoices.isError && <ErrorState error={invoices.error} onRetry={() => void invoices.refetch()} />}
      {invoices.data && !invoice && <Notice>{t('credit.nothing_open')}</Notice>}
      {invoice && (
        <>
          <Select
            label={t('credit.invoice')}
            value={invoice.id}
            onChange={(event) => {
              setChosen(event.target.value)
              setWritten(null)
            }}
            options={open.map((one) => ({ value: one.id, label: [one.number, isSeen(one.balance) && money(one.balance)].filter(Boolean).join(' · ') }))}
            error={at('invoice_id')}
          />
          <MoneyField label={t('payment.amount')} currency={left.currency} value={amount} onChange={setWritten} error={at('amount')} />
        </>
      )}
    </FormDialog>
  )
}
