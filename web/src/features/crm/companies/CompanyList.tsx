/** All companies. */
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Building2, Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { useList } from '@/api/query'
import { ago, nameOf } from '@/lib/format'
import { useShortcut } from '@/lib/shortcuts'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import type { Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { Tags } from '@/ui/TagsField'
import { listCompanies, listQuery, type Company } from '../api'
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
import { CompanyDialog } from './CompanyDialog'

const route = getRouteApi('/_app/companies')

export function CompanyList() {
  const { t } = useTranslation(['crm', 'views'])
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/companies' })
  const mayCreate = useCan('company.edit')
  const mayExport = useCan('company.export')
  const { q, sort, owner, choice, filter } = search
  const list = useList<Company>(['company', 'list', { q, sort, owner, choice, filter }], listCompanies({ q, sort, owner, choice, filter }))
  const columns = useColumns()
  const own = useCustomColumns<Company>('company')
  const all = useInlineColumns('company', useMemo(() => [...columns, ...own], [columns, own]))
  const set = (change: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const view = useListView('company', search, set)
  const find = findOf(listQuery({ q, owner, choice, filter }, undefined))
  useShortcut({ keys: 'c', label: t('company.new'), group: t('ui:shortcuts.list') }, () => set({ new: true }), mayCreate)
  const create = (
    <Button kind="primary" icon={<Plus className="size-4" />} why={mayCreate ? undefined : t('not_allowed')} onClick={() => set({ new: true })}>
      {t('company.new')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('app:nav.companies')}
        actions={
          <>
            {mayExport && <ExportMenu list="companies" formats={['csv', 'xlsx']} />}
            {create}
          </>
        }
      />
      <ViewBar list={view} />
      <Arranged
        view={view}
        asked={{ q, sort, owner, choice, filter }}
        load={listCompanies}
        columnsShown={view.columns}
        onColumnsShown={view.view ? view.setColumns : undefined}
        id="companies"
        label={t('app:nav.companies')}
        columns={all}
        list={list}
        rowId={(company) => company.id}
        onOpen={(company) => void navigate({ to: '/companies/$id', params: { id: company.id } })}
        card={(company) => <CompanyCard company={company} />}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        q={q}
        onQ={(next) => set({ q: next })}
        filters={
          <>
            <OwnerFilter value={owner} onChange={(next) => set({ owner: next })} />
            <ChoiceFilter object="company" value={choice} onChange={(next) => set({ choice: next })} />
          </>
        }
        found={find}
        bulk={(rows, clear, everything) => <BulkBar noun="company" rows={rows} everything={everything} find={find} clear={clear} />}
        filtered={!!filter || !!q || !!choice || !!owner}
        onClearFilters={() => set({ saved: PLAIN, filter: undefined, q: undefined, choice: undefined, owner: undefined })}
        empty={
          <EmptyState
            icon={<Building2 />}
            title={t('company.empty_title')}
            action={
              <>
                {create}
                <ImportButton noun="contact" />
              </>
            }
          >
            {t('company.empty_text')}
          </EmptyState>
        }
      />
      <CompanyDialog
        open={!!search.new}
        onClose={() => set({ new: undefined })}
        onSaved={(company) => void navigate({ to: '/companies/$id', params: { id: company.id } })}
      />
    </>
  )
}

function useColumns(): Column<Company>[] {
  const { t } = useTranslation(['crm', 'views', 'group'])
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('field.name'),
        sort: 'name',
        fixed: true,
        cell: (company) => (
          <Link to="/companies/$id" params={{ id: company.id }} className="inline-flex max-w-full min-w-0 items-center gap-2.5 align-middle font-medium hover:underline">
            <Avatar square name={company.name} />
            <span className="truncate">{company.name}</span>
          </Link>
        ),
      },
      { id: 'tax_id', header: t('field.tax_id'), width: 140, cell: (company) => <span className="tabular">{company.tax_id}</span> },
      { id: 'email', header: t('field.email'), width: 190, cell: (company) => company.email },
      { id: 'phone', header: t('field.phone'), width: 160, hidden: true, cell: (company) => company.phone },
      { id: 'city', header: t('field.city'), width: 120, cell: (company) => company.city },
      { id: 'country', header: t('field.country'), width: 130, hidden: true, cell: (company) => company.country && nameOf('region', company.country) },
      {
        id: 'parent',
        header: t('group:parent'),
        width: 160,
        hidden: true,
        cell: (company) =>
          company.parent && (
            <Link to="/companies/$id" params={{ id: company.parent.id }} className="hover:underline">
              {company.parent.name}
            </Link>
          ),
      },
      { id: 'tags', header: t('field.tags'), width: 180, hidden: true, cell: (company) => <Tags tags={company.tags} /> },
      { id: 'owner', header: t('field.owner'), width: 130, cell: (company) => company.owner?.name },
      { id: 'updated_at', header: t('field.updated'), width: 130, sort: 'updated_at', cell: (company) => <span className="text-soft">{ago(company.updated_at)}</span> },
    ],
    [t],
  )
}

function CompanyCard({ company }: { company: Company }) {
  return (
    <div className="flex items-center gap-3">
      <Avatar square name={company.name} size="md" />
      <div className="min-w-0 flex-1">
        <Link to="/companies/$id" params={{ id: company.id }} className="block truncate font-medium">
          {company.name}
        </Link>
        <div className="truncate text-sm text-soft">{[company.city, company.email].filter(Boolean).join(' · ') || company.tax_id}</div>
      </div>
      <span className="shrink-0 text-sm text-faint">{ago(company.updated_at)}</span>
    </div>
  )
}
