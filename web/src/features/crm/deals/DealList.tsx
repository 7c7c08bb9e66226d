/** All deals as a table. */
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Handshake } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useList } from '@/api/query'
import { ago, date } from '@/lib/format'
import type { Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { ImportButton } from '../imports/ImportButton'
import { Select } from '@/ui/Select'
import { listDeals, listQuery, type Deal } from '../api'
import { findOf } from '../bulk/api'
import { BulkBar } from '../bulk/BulkBar'
import { ChoiceFilter } from '../custom/ChoiceFilter'
import { useCustomColumns } from '../custom/CustomValue'
import { useInlineColumns } from '../inline/useInlineColumns'
import { OwnerFilter } from '../OwnerFilter'
import { Arranged } from '../arrange/Arranged'
import { PLAIN, useListView } from '../views/useListView'
import { ViewBar } from '../views/ViewBar'
import { DealAmount } from './DealAmount'
import { DealStatus } from './DealStatus'

const route = getRouteApi('/_app/deals')
const STATES = ['open', 'won', 'lost'] as const

export function DealList({ create }: { create: ReactNode }) {
  const { t } = useTranslation(['crm', 'views'])
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/deals' })
  const { q, sort, owner, state, company, pipeline, choice, filter } = search
  const query = { q, sort, owner, state, company, pipeline, choice, filter }
  const list = useList<Deal>(['deal', 'list', query], listDeals(query))
  const columns = useColumns()
  const own = useCustomColumns<Deal>('deal')
  const all = useInlineColumns('deal', useMemo(() => [...columns, ...own], [columns, own]))
  const set = (change: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const view = useListView('deal', search, set)
  const find = findOf(listQuery(query, undefined))
  return (
    <>
      <ViewBar list={view} />
      <Arranged
        view={view}
        asked={query}
        load={listDeals}
        columnsShown={view.columns}
        onColumnsShown={view.view ? view.setColumns : undefined}
        id="deals"
        label={t('app:nav.deals')}
        columns={all}
        list={list}
        rowId={(deal) => deal.id}
        onOpen={(deal) => void navigate({ to: '/deals/$id', params: { id: deal.id } })}
        card={(deal) => <DealRow deal={deal} />}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        q={q}
        onQ={(next) => set({ q: next })}
        filters={
          <>
            <Select
              label={t('field.state')}
              labelHidden
              className="w-36 max-md:w-full"
              value={state ?? ''}
              onChange={(event) => set({ state: STATES.find((one) => one === event.target.value) })}
              options={[{ value: '', label: t('deal.any_state') }, ...STATES.map((value) => ({ value, label: t(`deal.state.${value}`) }))]}
            />
            <OwnerFilter value={owner} onChange={(next) => set({ owner: next })} />
            <ChoiceFilter object="deal" value={choice} onChange={(next) => set({ choice: next })} />
          </>
        }
        found={find}
        bulk={(rows, clear, everything) => <BulkBar noun="deal" rows={rows} everything={everything} find={find} clear={clear} />}
        filtered={!!filter || !!q || !!choice || !!owner || !!state || !!company}
        onClearFilters={() => set({ saved: PLAIN, filter: undefined, q: undefined, choice: undefined, owner: undefined, state: undefined, company: undefined })}
        empty={
          <EmptyState icon={<Handshake />} title={t('deal.empty_title')} action={<><ImportButton noun="deal" />{create}</>}>
            {t('deal.empty_text')}
          </EmptyState>
        }
      />
    </>
  )
}

function useColumns(): Column<Deal>[] {
  const { t } = useTranslation(['crm', 'views'])
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('field.title'),
        sort: 'name',
        fixed: true,
        cell: (deal) => (
          <Link to="/deals/$id" params={{ id: deal.id }} className="truncate font-medium hover:underline">
            {deal.name}
          </Link>
        ),
      },
      { id: 'company', header: t('field.company'), width: 200, cell: (deal) => deal.company?.name },
      { id: 'stage', header: t('field.stage'), width: 140, cell: (deal) => deal.stage.name },
      { id: 'state', header: t('field.state'), width: 110, cell: (deal) => <DealStatus deal={deal} /> },
      { id: 'amount', header: t('field.value'), width: 140, align: 'right', cell: (deal) => <DealAmount deal={deal} /> },
      { id: 'expected_close', header: t('field.expected_close'), width: 140, cell: (deal) => date(deal.expected_close) },
      { id: 'owner', header: t('field.owner'), width: 150, cell: (deal) => deal.owner?.name },
      { id: 'updated_at', header: t('field.updated'), width: 130, hidden: true, sort: 'updated_at', cell: (deal) => ago(deal.updated_at) },
    ],
    [t],
  )
}

function DealRow({ deal }: { deal: Deal }) {
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <Link to="/deals/$id" params={{ id: deal.id }} className="block truncate font-medium">
          {deal.name}
        </Link>
        <div className="truncate text-sm text-soft">{[deal.company?.name, deal.stage.name].filter(Boolean).join(' · ')}</div>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1">
        <span className="tabular text-base font-medium"><DealAmount deal={deal} /></span>
        {deal.state !== 'open' && <DealStatus deal={deal} />}
      </div>
    </div>
  )
}
