/** The quotes and invoices of a deal, a company or a contact, on its right side. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { date, isSeen, money, type Money } from '@/lib/format'
import { Amount } from '@/ui/Amount'
import { ErrorState } from '@/ui/ErrorState'
import { Related } from '@/ui/RecordLayout'
import { Skeleton } from '@/ui/Skeleton'
import { listInvoices } from '../invoices/api'
import { InvoiceStatus } from '../invoices/InvoiceStatus'
import { listQuotes } from '../quotes/api'
import { QuoteStatus } from '../quotes/QuoteStatus'
import { billingQuery } from './api'

/** Exactly one of them. */
export type Of = { deal?: string; company?: string; contact?: string }

/** As many as one takes in at a glance; all of a company stand in its list. */
const SHOWN = 12

export function RelatedDocuments({ of }: { of: Of }) {
  const quotes = useCan('quote.read')
  const invoices = useCan('invoice.read')
  return (
    <>
      {quotes && <Quotes of={of} />}
      {invoices && <Invoices of={of} />}
    </>
  )
}

function Quotes({ of }: { of: Of }) {
  const { t } = useTranslation('sales')
  const mayWrite = useCan('quote.edit')
  const list = useQuery({ queryKey: ['quote', 'list', { of }], queryFn: () => listQuotes({ ...of, limit: SHOWN })(undefined) })
  return (
    <Related title={t('app:nav.quotes')} action={mayWrite && <Add to="/quotes/new" of={of} label={t('quote.new')} />}>
      {list.isPending && <Skeleton className="h-10" />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="text-sm text-faint">{t('related.no_quotes')}</p>}
      {list.data?.items.map((quote) => (
        <Link key={quote.id} to="/quotes/$id" params={{ id: quote.id }} className={ROW}>
          <Words title={quote.number ?? quote.title} about={[isSeen(quote.payable) && money(quote.payable), quote.state === 'sent' && t('related.until', { date: date(quote.valid_until) })]} />
          <QuoteStatus state={quote.state} />
        </Link>
      ))}
      {list.data?.next_cursor && <More to="/quotes" of={of} />}
    </Related>
  )
}

function Invoices({ of }: { of: Of }) {
  const { t } = useTranslation('sales')
  const mayWrite = useCan('invoice.edit')
  const list = useQuery({ queryKey: ['invoice', 'list', { of }], queryFn: () => listInvoices({ ...of, limit: SHOWN })(undefined) })
  return (
    <Related title={t('app:nav.invoices')} action={mayWrite && <Add to="/invoices/new" of={of} label={t('invoice.new')} />}>
      {list.isPending && <Skeleton className="h-10" />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="text-sm text-faint">{t('related.no_invoices')}</p>}
      {of.deal && <Billing deal={of.deal} />}
      {list.data?.items.map((invoice) => (
        <Link key={invoice.id} to="/invoices/$id" params={{ id: invoice.id }} className={ROW}>
          <Words title={invoice.number ?? t(`kind.draft.${invoice.kind}`)} about={[isSeen(invoice.payable) && money(invoice.payable), invoice.due_date && invoice.status !== 'paid' && t('due_on', { date: date(invoice.due_date) })]} />
          <InvoiceStatus status={invoice.status} kind={invoice.kind} />
        </Link>
      ))}
      {list.data?.next_cursor && <More to="/invoices" of={of} />}
    </Related>
  )
}

const ROW = '-mx-2 flex items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover'

function Words({ title, about }: { title: string; about: (string | false | null)[] }) {
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate text-base">{title}</span>
      <span className="tabular block truncate text-sm text-faint">{about.filter(Boolean).join(' · ')}</span>
    </span>
  )
}

function Add({ to, of, label }: { to: '/quotes/new' | '/invoices/new'; of: Of; label: string }) {
  return (
    <Link to={to} search={of} aria-label={label} title={label} className="flex size-7 items-center justify-center rounded-md border border-edge bg-surface text-soft hover:bg-hover hover:text-ink max-md:size-9">
      <Plus className="size-4" />
    </Link>
  )
}

function More({ to, of }: { to: '/quotes' | '/invoices'; of: Of }) {
  const { t } = useTranslation('sales')
  // The lists narrow by company; of a deal or a contact there are hardly ever so many.
  if (!of.company) return <p className="text-sm text-faint">{t('related.more')}</p>
  return (
    <Link to={to} search={{ company: of.company }} className="text-sm text-accent-ink hover:underline">
      {t('related.all')}
    </Link>
  )
}

/** What has been invoiced of the deal and what of it is paid: one row per currency. */
function Billing({ deal }: { deal: string }) {
  const { t } = useTranslation('sales')
  const billing = useQuery(billingQuery(deal))
  if (!billing.data || billing.data.totals.length === 0) return null
  return billing.data.totals.map((total) => (
    <dl key={total.invoiced.currency} aria-label={t('related.billing')} className="tabular mb-1.5 grid grid-cols-3 gap-2 rounded-lg bg-sunken px-3 py-2">
      <Figure name={t('related.invoiced')} value={total.invoiced} />
      <Figure name={t('field.paid')} value={total.paid} />
      <Figure name={t('field.balance')} value={total.balance} />
    </dl>
  ))
}

function Figure({ name, value }: { name: ReactNode; value: Money }) {
  return (
    <div className="min-w-0">
      <dt className="truncate text-sm text-faint">{name}</dt>
      <dd className="truncate text-sm font-medium" title={money(value)}>
        <Amount value={value} />
      </dd>
    </div>
  )
}
