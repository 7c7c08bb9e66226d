/** What of a credit note is left, and where the rest of it went: into invoices, or back to the customer. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { HandCoins, Wallet } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan, useSeesAmounts } from '@/api/me'
import { date, isSeen, money, negated } from '@/lib/format'
import { Amount } from '@/ui/Amount'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { refreshSales } from '../document/api'
import { PaymentDialog } from '../payments/PaymentDialog'
import { creditQuery, releaseCredit, type CreditAllocation, type Invoice } from './api'
import { Payments, Sum } from './PaymentsPanel'
import { UseCreditDialog } from './UseCreditDialog'

export function CreditPanel({ note }: { note: Invoice }) {
  const { t } = useTranslation('sales')
  const seesAmounts = useSeesAmounts()
  const mayRefund = useCan('payment.record')
  const mayUse = useCan('credit.allocate')
  const [open, setOpen] = useState<'use' | 'refund' | null>(null)
  const { balance, credited, paid } = note
  const why = (may: boolean, action: string) => (!may ? t('not_allowed') : !seesAmounts ? t('ui:amount.no_set') : note.actions.includes(action) ? undefined : t('credit.all_used'))
  return (
    <section aria-labelledby="credit" className="panel p-4">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <h2 id="credit" className="flex-1 text-base">
          {t('credit.title')}
        </h2>
        <Button size="sm" icon={<Wallet className="size-4" />} why={why(mayRefund, 'pay')} onClick={() => setOpen('refund')}>
          {t('credit.refund')}
        </Button>
        <Button size="sm" icon={<HandCoins className="size-4" />} why={why(mayUse, 'allocate')} onClick={() => setOpen('use')}>
          {t('credit.use')}
        </Button>
      </div>
      {isSeen(balance) && isSeen(credited) && isSeen(paid) && (
        <dl className="tabular mb-1 grid grid-cols-3 gap-3">
          <Sum label={t('credit.used')} value={money(negated(credited))} />
          <Sum label={t('credit.refunded')} value={money(negated(paid))} />
          <Sum label={t('credit.left')} value={money(negated(balance))} />
        </dl>
      )}
      <Credit of={{ credit_note_id: note.id }} />
      <Payments invoice={note.id} />
      {open === 'use' && isSeen(balance) && <UseCreditDialog note={note} left={negated(balance)} onClose={() => setOpen(null)} />}
      {open === 'refund' && isSeen(balance) && <PaymentDialog refund invoice={{ id: note.id, number: note.number, balance: negated(balance) }} onClose={() => setOpen(null)} />}
    </section>
  )
}

/** Credit by where it went, or where it came from. */
export function Credit({ of }: { of: { credit_note_id: string } | { invoice_id: string } }) {
  const credit = useQuery(creditQuery(of))
  const rows = credit.data?.items ?? []
  if (credit.isLoading) return <Skeleton className="mt-3 h-10" />
  if (credit.isError) return <ErrorState error={credit.error} onRetry={() => void credit.refetch()} />
  if (rows.length === 0) return null
  return (
    <ul className="mt-3 divide-y divide-line border-t border-line">
      {rows.map((row) => (
        <CreditRow key={row.id} row={row} isOfNote={'credit_note_id' in of} />
      ))}
    </ul>
  )
}

function CreditRow({ row, isOfNote }: { row: CreditAllocation; isOfNote: boolean }) {
  const { t } = useTranslation('sales')
  const release = useMutation({
    mutationFn: () => releaseCredit(row.id),
    onSuccess: () => {
      toast({ text: t('credit.released_done') })
      void refreshSales()
    },
    onError: toastError,
  })
  const struck = row.released_at ? 'text-faint line-through' : ''
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className={`tabular min-w-0 flex-1 basis-40 ${struck}`}>
        {date(row.created_at)} · {t(isOfNote ? 'credit.on' : 'credit.from')}{' '}
        <Link to="/invoices/$id" params={{ id: isOfNote ? row.invoice_id : row.credit_note_id }} className="font-medium whitespace-nowrap hover:underline">
          {isOfNote ? row.invoice_number : row.credit_note_number}
        </Link>
      </div>
      {row.released_at && <Badge>{t('credit.released')}</Badge>}
      <span className={`tabular font-medium ${struck}`}><Amount value={row.amount} /></span>
      {row.actions.includes('release') && (
        <Button size="sm" kind="quiet" busy={release.isPending} onClick={() => release.mutate()}>
          {t('credit.release')}
        </Button>
      )}
    </li>
  )
}
