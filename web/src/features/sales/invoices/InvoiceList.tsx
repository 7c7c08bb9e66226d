/** All invoices, by where they stand. */
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Plus, ReceiptText } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan, useSeesAmounts } from '@/api/me'
import { useList } from '@/api/query'
import { cx } from '@/lib/cx'
import { ago, date } from '@/lib/format'
import { useShortcut } from '@/lib/shortcuts'
import { Amount } from '@/ui/Amount'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { Segmented } from '@/ui/Segmented'
import { Select } from '@/ui/Select'
import { listInvoices, type InvoiceSummary } from './api'
import { InvoiceStatus } from './InvoiceStatus'

const route = getRouteApi('/_app/invoices')
const KINDS = ['invoice', 'credit_note', 'debit_note'] as const
const TABS = ['all', 'draft', 'open', 'partly_paid', 'overdue', 'paid'] as const

export function InvoiceList() {
  const { t } = useTranslation('sales')
  const { q, sort, status, kind, company } = route.useSearch()
  const navigate = useNavigate({ from: '/invoices' })
  const seesAmounts = useSeesAmounts()
  const mayEdit = useCan('invoice.edit')
  const mayCreate = mayEdit && seesAmounts
  const list = useList<InvoiceSummary>(['invoice', 'list', { q, sort, status, kind, company }], listInvoices({ q, sort, status, kind, company }))
  const columns = useColumns()
  const set = (change: { q?: string | undefined; sort?: string | undefined; status?: typeof status; kind?: typeof kind; company?: undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const create = () => void navigate({ to: '/invoices/new', search: company ? { company } : {} })
  useShortcut({ keys: 'c', label: t('invoice.new'), group: t('ui:shortcuts.list') }, create, mayCreate)
  const button = (
    <Button kind="primary" icon={<Plus className="size-4" />} why={!mayEdit ? t('not_allowed') : seesAmounts ? undefined : t('ui:amount.no_set')} onClick={create}>
      {t('invoice.new')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('app:nav.invoices')} actions={button} />
      <DataTable
        id="invoices"
        label={t('app:nav.invoices')}
        columns={columns}
        list={list}
        rowId={(invoice) => invoice.id}
        onOpen={(invoice) => void navigate({ to: '/invoices/$id', params: { id: invoice.id } })}
        card={(invoice) => <InvoiceCard invoice={invoice} />}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        q={q}
        onQ={(next) => set({ q: next })}
        filters={
          <div className="flex max-w-full items-center gap-2 overflow-x-auto [&_button]:whitespace-nowrap">
            <Select
              labelHidden
              label={t('kind.title')}
              className="w-40 shrink-0"
              value={kind ?? 'all'}
              onChange={(event) => set({ kind: KINDS.find((one) => one === event.target.value) })}
              options={[{ value: 'all', label: t('kind.all') }, ...KINDS.map((value) => ({ value, label: t(`kind.many.${value}`) }))]}
            />
            <Segmented
              label={t('field.state')}
              value={status ?? 'all'}
              onChange={(next) => set({ status: next === 'all' ? undefined : next })}
              options={TABS.map((value) => ({ value, label: t(`invoice.tab.${value}`) }))}
            />
          </div>
        }
        filtered={!!q || !!status || !!kind || !!company}
        onClearFilters={() => set({ q: undefined, status: undefined, kind: undefined, company: undefined })}
        empty={
          <EmptyState icon={<ReceiptText />} title={t('invoice.empty_title')} action={button}>
            {t('invoice.empty_text')}
          </EmptyState>
        }
      />
    </>
  )
}

const customerOf = (invoice: InvoiceSummary) => invoice.company?.name ?? invoice.contact?.name ?? ''

function useColumns(): Column<InvoiceSummary>[] {
  const { t } = useTranslation('sales')
  const seesAmounts = useSeesAmounts()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('field.number'),
        width: 170,
        fixed: true,
        cell: (invoice) => (
          <Link to="/invoices/$id" params={{ id: invoice.id }} className={cx('tabular font-medium hover:underline', !invoice.number && 'text-soft')}>
            {invoice.number ?? t(`kind.draft.${invoice.kind}`)}
          </Link>
        ),
      },
      { id: 'customer', header: t('field.customer'), cell: customerOf },
      { id: 'status', header: t('field.state'), width: 150, cell: (invoice) => <InvoiceStatus status={invoice.status} kind={invoice.kind} /> },
      { id: 'issue_date', header: t('field.issued'), width: 130, cell: (invoice) => <span className="tabular">{date(invoice.issue_date)}</span> },
      {
        id: 'due_date',
        header: t('field.due'),
        width: 130,
        cell: (invoice) => <span className={cx('tabular', invoice.status === 'overdue' && 'text-danger')}>{invoice.kind === 'credit_note' ? '' : date(invoice.due_date)}</span>,
      },
      { id: 'updated_at', header: t('field.updated'), width: 130, sort: 'updated_at', hidden: true, cell: (invoice) => <span className="text-soft">{ago(invoice.updated_at)}</span> },
      { id: 'balance', header: t('field.balance'), width: 130, align: 'right', cell: (invoice) => (invoice.status === 'draft' || invoice.status === 'paid' ? <span className="text-faint">–</span> : <Amount value={invoice.balance} />) },
      { id: 'payable', header: t('field.total'), width: 130, ...(seesAmounts && { sort: 'payable' }), align: 'right', cell: (invoice) => <span className="font-medium"><Amount value={invoice.payable} /></span> },
    ],
    [t, seesAmounts],
  )
}

function InvoiceCard({ invoice }: { invoice: InvoiceSummary }) {
  const { t } = useTranslation('sales')
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <Link to="/invoices/$id" params={{ id: invoice.id }} className="block truncate font-medium">
          {customerOf(invoice) || t(`kind.draft.${invoice.kind}`)}
        </Link>
        <div className="tabular truncate text-sm text-soft">{[invoice.number ?? t(`kind.draft.${invoice.kind}`), invoice.kind !== 'credit_note' && invoice.due_date && t('due_on', { date: date(invoice.due_date) })].filter(Boolean).join(' · ')}</div>
      </div>
      <div className="shrink-0 text-right">
        <div className="tabular font-medium"><Amount value={invoice.payable} /></div>
        <InvoiceStatus status={invoice.status} kind={invoice.kind} />
      </div>
    </div>
  )
}
