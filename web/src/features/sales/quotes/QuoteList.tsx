/** All quotes. */
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { FileText, Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan, useSeesAmounts } from '@/api/me'
import { useList } from '@/api/query'
import { ago, date } from '@/lib/format'
import { useShortcut } from '@/lib/shortcuts'
import { Amount } from '@/ui/Amount'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { Select } from '@/ui/Select'
import { listQuotes, QUOTE_STATES, type QuoteSummary } from './api'
import { QuoteStatus } from './QuoteStatus'

const route = getRouteApi('/_app/quotes')

export function QuoteList() {
  const { t } = useTranslation('sales')
  const { q, sort, state, company } = route.useSearch()
  const navigate = useNavigate({ from: '/quotes' })
  const seesAmounts = useSeesAmounts()
  const mayEdit = useCan('quote.edit')
  const mayCreate = mayEdit && seesAmounts
  const list = useList<QuoteSummary>(['quote', 'list', { q, sort, state, company }], listQuotes({ q, sort, state, company }))
  const columns = useColumns()
  const set = (change: { q?: string | undefined; sort?: string | undefined; state?: (typeof QUOTE_STATES)[number] | undefined; company?: undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const create = () => void navigate({ to: '/quotes/new', search: company ? { company } : {} })
  useShortcut({ keys: 'c', label: t('quote.new'), group: t('ui:shortcuts.list') }, create, mayCreate)
  const button = (
    <Button kind="primary" icon={<Plus className="size-4" />} why={!mayEdit ? t('not_allowed') : seesAmounts ? undefined : t('ui:amount.no_set')} onClick={create}>
      {t('quote.new')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('app:nav.quotes')} actions={button} />
      <DataTable
        id="quotes"
        label={t('app:nav.quotes')}
        columns={columns}
        list={list}
        rowId={(quote) => quote.id}
        onOpen={(quote) => void navigate({ to: '/quotes/$id', params: { id: quote.id } })}
        card={(quote) => <QuoteCard quote={quote} />}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        q={q}
        onQ={(next) => set({ q: next })}
        filters={
          <Select
            label={t('field.state')}
            labelHidden
            className="w-44 max-md:w-full"
            placeholder={t('quote.every_state')}
            value={state ?? ''}
            onChange={(event) => set({ state: QUOTE_STATES.find((one) => one === event.target.value) })}
            options={QUOTE_STATES.map((value) => ({ value, label: t(`quote.state.${value}`) }))}
          />
        }
        filtered={!!q || !!state || !!company}
        onClearFilters={() => set({ q: undefined, state: undefined, company: undefined })}
        empty={
          <EmptyState icon={<FileText />} title={t('quote.empty_title')} action={button}>
            {t('quote.empty_text')}
          </EmptyState>
        }
      />
    </>
  )
}

const customerOf = (quote: QuoteSummary) => quote.company?.name ?? quote.contact?.name ?? ''

function useColumns(): Column<QuoteSummary>[] {
  const { t } = useTranslation('sales')
  const seesAmounts = useSeesAmounts()
  return useMemo(
    () => [
      {
        id: 'title',
        header: t('field.title'),
        sort: 'title',
        fixed: true,
        cell: (quote) => (
          <Link to="/quotes/$id" params={{ id: quote.id }} className="font-medium hover:underline">
            {quote.title}
          </Link>
        ),
      },
      { id: 'number', header: t('field.number'), width: 140, cell: (quote) => <span className="tabular text-soft">{quote.number ?? t('number_none')}</span> },
      { id: 'customer', header: t('field.customer'), width: 210, cell: customerOf },
      { id: 'state', header: t('field.state'), width: 130, cell: (quote) => <QuoteStatus state={quote.state} /> },
      { id: 'valid_until', header: t('field.valid_until'), width: 130, sort: 'valid_until', cell: (quote) => <span className="tabular">{date(quote.valid_until)}</span> },
      { id: 'owner', header: t('field.owner'), width: 140, hidden: true, cell: (quote) => quote.owner?.name },
      { id: 'updated_at', header: t('field.updated'), width: 130, sort: 'updated_at', hidden: true, cell: (quote) => <span className="text-soft">{ago(quote.updated_at)}</span> },
      { id: 'payable', header: t('field.total'), width: 130, ...(seesAmounts && { sort: 'payable' }), align: 'right', cell: (quote) => <span className="font-medium"><Amount value={quote.payable} /></span> },
    ],
    [t, seesAmounts],
  )
}

function QuoteCard({ quote }: { quote: QuoteSummary }) {
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <Link to="/quotes/$id" params={{ id: quote.id }} className="block truncate font-medium">
          {quote.title}
        </Link>
        <div className="tabular truncate text-sm text-soft">{[quote.number, customerOf(quote)].filter(Boolean).join(' · ')}</div>
      </div>
      <div className="shrink-0 text-right">
        <div className="tabular font-medium"><Amount value={quote.payable} /></div>
        <QuoteStatus state={quote.state} />
      </div>
    </div>
  )
}
