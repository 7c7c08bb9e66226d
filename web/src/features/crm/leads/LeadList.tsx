/** All leads, the newest first; the best first at a press. */
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Plus, SlidersHorizontal, UserRoundPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { useList } from '@/api/query'
import { ago } from '@/lib/format'
import { useShortcut } from '@/lib/shortcuts'
import { Button } from '@/ui/Button'
import type { Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { Select } from '@/ui/Select'
import { findOf } from '../bulk/api'
import { BulkBar } from '../bulk/BulkBar'
import { ChoiceFilter } from '../custom/ChoiceFilter'
import { useCustomColumns } from '../custom/CustomValue'
import { ExportMenu } from '../ExportMenu'
import { ImportButton } from '../imports/ImportButton'
import { useInlineColumns } from '../inline/useInlineColumns'
import { OwnerFilter } from '../OwnerFilter'
import { Arranged } from '../arrange/Arranged'
import { PLAIN, useListView } from '../views/useListView'
import { ViewBar } from '../views/ViewBar'
import { leadParams, listLeads, STATUSES, type Lead } from './api'
import { LeadDialog } from './LeadDialog'
import { LeadStatus } from './LeadStatus'
import { SettingDialog } from './SettingDialog'
import { useSource } from './useSource'

const route = getRouteApi('/_app/leads')

export function LeadList() {
  const { t } = useTranslation(['leads', 'crm', 'views'])
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/leads' })
  const mayCreate = useCan('lead.edit')
  const mayExport = useCan('lead.export')
  const [setting, setSetting] = useState(false)
  const { q, sort, owner, status, choice, filter } = search
  const query = { q, sort, owner, status, choice, filter }
  const list = useList<Lead>(['lead', 'list', query], listLeads(query))
  const columns = useColumns()
  const own = useCustomColumns<Lead>('lead')
  const all = useInlineColumns('lead', useMemo(() => [...columns, ...own], [columns, own]))
  const set = (change: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const view = useListView('lead', search, set)
  const find = findOf(leadParams({ q, owner, status, choice, filter }))
  useShortcut({ keys: 'c', label: t('new'), group: t('ui:shortcuts.list') }, () => set({ new: true }), mayCreate)
  const create = (
    <Button kind="primary" icon={<Plus className="size-4" />} why={mayCreate ? undefined : t('crm:not_allowed')} onClick={() => set({ new: true })}>
      {t('new')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('app:nav.leads')}
        actions={
          <>
            {mayExport && <ExportMenu list="leads" formats={['csv', 'xlsx']} />}
            <ImportButton noun="lead" className="max-md:hidden" />
            <Button icon={<SlidersHorizontal className="size-4" />} onClick={() => setSetting(true)}>
              {t('setting.open')}
            </Button>
            {create}
          </>
        }
      />
      <ViewBar list={view} />
      <Arranged
        view={view}
        asked={query}
        load={listLeads}
        columnsShown={view.columns}
        onColumnsShown={view.view ? view.setColumns : undefined}
        id="leads"
        label={t('app:nav.leads')}
        columns={all}
        list={list}
        rowId={(lead) => lead.id}
        onOpen={(lead) => void navigate({ to: '/leads/$id', params: { id: lead.id } })}
        card={(lead) => <LeadRow lead={lead} />}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        q={q}
        onQ={(next) => set({ q: next })}
        filters={
          <>
            <Select
              label={t('field.status')}
              labelHidden
              className="w-44 max-md:w-full"
              value={status ?? ''}
              onChange={(event) => set({ status: STATUSES.find((one) => one === event.target.value) })}
              options={[{ value: '', label: t('any_status') }, ...STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))]}
            />
            <OwnerFilter value={owner} onChange={(next) => set({ owner: next })} />
            <ChoiceFilter object="lead" value={choice} onChange={(next) => set({ choice: next })} />
          </>
        }
        found={find}
        bulk={(rows, clear, everything) => <BulkBar noun="lead" rows={rows} everything={everything} find={find} clear={clear} />}
        filtered={!!filter || !!q || !!choice || !!owner || !!status}
        onClearFilters={() => set({ saved: PLAIN, filter: undefined, q: undefined, choice: undefined, owner: undefined, status: undefined })}
        empty={
          <EmptyState icon={<UserRoundPlus />} title={t('empty_title')} action={<><ImportButton noun="lead" />{create}</>}>
            {t('empty_text')}
          </EmptyState>
        }
      />
      <LeadDialog open={!!search.new} onClose={() => set({ new: undefined })} onSaved={(lead) => void navigate({ to: '/leads/$id', params: { id: lead.id } })} />
      {setting && <SettingDialog onClose={() => setSetting(false)} />}
    </>
  )
}

function useColumns(): Column<Lead>[] {
  const { t } = useTranslation(['leads', 'crm', 'views'])
  const sourceOf = useSource()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('crm:field.name'),
        sort: 'name',
        fixed: true,
        cell: (lead) => (
          <Link to="/leads/$id" params={{ id: lead.id }} className="truncate font-medium hover:underline">
            {lead.name}
          </Link>
        ),
      },
      { id: 'score', header: t('field.score'), width: 100, align: 'right', sort: 'score', cell: (lead) => <span className="tabular">{lead.score}</span> },
      { id: 'company', header: t('crm:field.company'), width: 200, cell: (lead) => lead.company_name },
      { id: 'status', header: t('field.status'), width: 150, cell: (lead) => <LeadStatus lead={lead} /> },
      { id: 'email', header: t('crm:field.email'), width: 210, cell: (lead) => lead.email },
      { id: 'phone', header: t('crm:field.phone'), width: 150, hidden: true, cell: (lead) => lead.phone },
      { id: 'source', header: t('field.source'), width: 130, cell: (lead) => sourceOf(lead.source) },
      { id: 'campaign', header: t('field.campaign'), width: 130, hidden: true, cell: (lead) => lead.utm.campaign },
      { id: 'owner', header: t('crm:field.owner'), width: 150, cell: (lead) => lead.owner?.name },
      { id: 'created_at', header: t('crm:field.created'), width: 130, sort: 'created_at', cell: (lead) => ago(lead.created_at) },
    ],
    [t, sourceOf],
  )
}

function LeadRow({ lead }: { lead: Lead }) {
  const sourceOf = useSource()
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <Link to="/leads/$id" params={{ id: lead.id }} className="block truncate font-medium">
          {lead.name}
        </Link>
        <div className="truncate text-sm text-soft">{[lead.company_name, sourceOf(lead.source)].filter(Boolean).join(' · ')}</div>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1">
        <span className="tabular text-base font-medium">{lead.score}</span>
        <LeadStatus lead={lead} />
      </div>
    </div>
  )
}
