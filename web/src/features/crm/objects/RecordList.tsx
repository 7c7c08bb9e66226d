/** The records of a custom object: a list, a board by one of its fields of a single choice, or a calendar by a date. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Box, Kanban, List, Plus, SlidersHorizontal } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { isLost, useList } from '@/api/query'
import { ago } from '@/lib/format'
import { useShortcut } from '@/lib/shortcuts'
import { Button } from '@/ui/Button'
import type { Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Segmented } from '@/ui/Segmented'
import { PageSkeleton } from '@/ui/Skeleton'
import { listQuery } from '../api'
import { findOf } from '../bulk/api'
import { BulkBar } from '../bulk/BulkBar'
import { useCustomFields } from '../custom/api'
import { ChoiceFilter } from '../custom/ChoiceFilter'
import { useCustomColumns } from '../custom/CustomValue'
import { ExportMenu } from '../ExportMenu'
import { ImportButton } from '../imports/ImportButton'
import { useInlineColumns } from '../inline/useInlineColumns'
import { OwnerFilter } from '../OwnerFilter'
import { Arranged } from '../arrange/Arranged'
import { PLAIN, useListView } from '../views/useListView'
import { ViewBar } from '../views/ViewBar'
import { listRecords, objectsQuery, type OwnObject, type OwnRecord } from './api'
import { RecordDialog } from './RecordDialog'

const route = getRouteApi('/_app/objects/$id')

export function RecordList() {
  const { id } = route.useParams()
  const { t } = useTranslation('objects')
  const objects = useQuery(objectsQuery)
  if (objects.isPending) return <PageSkeleton />
  if (!objects.data || isLost(objects)) return <ErrorState isPage error={objects.error} onRetry={() => void objects.refetch()} />
  const object = objects.data.items.find((one) => one.id === id)
  if (!object) return <EmptyState icon={<Box />} title={t('unknown_title')}>{t('unknown_text')}</EmptyState>
  // Another object is another page: nothing of the one before stays.
  return <Page key={object.id} object={object} />
}

function Page({ object }: { object: OwnObject }) {
  const { t } = useTranslation(['objects', 'crm', 'views'])
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/objects/$id' })
  const manage = useCan('custom_field.manage')
  const mayExport = useCan('custom_record.export')
  const choices = useCustomFields(object.id).filter((field) => field.kind === 'choice')
  const mayCreate = object.actions.includes('create_record')
  const set = (change: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  useShortcut({ keys: 'c', label: t('record_new', { name: object.singular }), group: t('ui:shortcuts.list') }, () => set({ new: true }), mayCreate)
  const create = (
    <Button kind="primary" icon={<Plus className="size-4" />} why={mayCreate ? undefined : t(object.archived_at ? 'is_archived' : 'crm:not_allowed')} onClick={() => set({ new: true })}>
      {t('record_new', { name: object.singular })}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={object.plural}
        about={object.description ?? undefined}
        actions={
          <>
            {choices[0] && (
              <Segmented
                label={t('crm:deal.view')}
                value={search.layout === 'board' ? 'board' : 'list'}
                onChange={(view) => set({ by: undefined, layout: view === 'board' ? 'board' : undefined, on: view === 'board' ? `custom.${choices[0]?.key}` : undefined })}
                options={[
                  { value: 'list', label: t('crm:deal.list'), icon: <List className="size-4" /> },
                  { value: 'board', label: t('crm:deal.board'), icon: <Kanban className="size-4" /> },
                ]}
              />
            )}
            {mayExport && <ExportMenu list={`custom-objects/${object.id}/records`} formats={['csv', 'xlsx']} />}
            {!object.archived_at && <ImportButton noun={object.id} className="max-md:hidden" />}
            {manage && (
              <Button asChild>
                <Link to="/settings/custom-fields">
                  <SlidersHorizontal aria-hidden className="size-4" /> {t('fields')}
                </Link>
              </Button>
            )}
            {create}
          </>
        }
      />
      <Table object={object} create={create} />
      {search.new && (
        <RecordDialog object={object} onClose={() => set({ new: undefined })} onSaved={(record) => void navigate({ to: '/records/$id', params: { id: record.id } })} />
      )}
    </>
  )
}

function Table({ object, create }: { object: OwnObject; create: ReactNode }) {
  const { t } = useTranslation(['objects', 'crm', 'views'])
  const search = route.useSearch()
  const { q, sort, owner, choice, filter } = search
  const navigate = useNavigate({ from: '/objects/$id' })
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const view = useListView(object.id, search, set)
  const find = findOf(listQuery({ q, owner, choice, filter }, undefined))
  const list = useList<OwnRecord>(['custom_record', 'list', object.id, { q, sort, owner, choice, filter }], listRecords(object.id, { q, sort, owner, choice, filter }))
  const columns = useInlineColumns(object.id, useColumns(object.id))
  return (
    <>
      <ViewBar list={view} />
      <Arranged
        view={view}
        asked={{ q, sort, owner, choice, filter }}
        load={(query) => listRecords(object.id, query)}
        columnsShown={view.columns}
        onColumnsShown={view.view ? view.setColumns : undefined}
        id={`objects-${object.key}`}
        label={object.plural}
        columns={columns}
        list={list}
        rowId={(record) => record.id}
        onOpen={(record) => void navigate({ to: '/records/$id', params: { id: record.id } })}
        card={(record) => <RecordCard record={record} />}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        q={q}
        onQ={(next) => set({ q: next })}
        filters={
          <>
            <OwnerFilter value={owner} onChange={(next) => set({ owner: next })} />
            <ChoiceFilter object={object.id} value={choice} onChange={(next) => set({ choice: next })} />
          </>
        }
        found={find}
        bulk={(rows, clear, everything) => <BulkBar noun={object.id} rows={rows} everything={everything} find={find} clear={clear} />}
        filtered={!!filter || !!q || !!choice || !!owner}
        onClearFilters={() => set({ saved: PLAIN, filter: undefined, q: undefined, choice: undefined, owner: undefined })}
        empty={
          <EmptyState icon={<Box />} title={t('records_empty_title', { name: object.plural })} action={<>{!object.archived_at && <ImportButton noun={object.id} />}{create}</>}>
            {t('records_empty_text')}
          </EmptyState>
        }
      />
    </>
  )
}

function useColumns(object: string): Column<OwnRecord>[] {
  const { t } = useTranslation(['objects', 'crm', 'views'])
  const own = useCustomColumns<OwnRecord>(object)
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('crm:field.name'),
        sort: 'name',
        fixed: true,
        cell: (record: OwnRecord) => (
          <Link to="/records/$id" params={{ id: record.id }} dir="auto" className="truncate font-medium hover:underline">
            {record.name}
          </Link>
        ),
      },
      // These fields are what the object is for: the first of them are shown from the beginning.
      ...own.map((column, index) => ({ ...column, hidden: index >= 5 })),
      { id: 'owner', header: t('crm:field.owner'), width: 140, cell: (record: OwnRecord) => record.owner?.name },
      { id: 'updated_at', header: t('crm:field.updated'), width: 130, sort: 'updated_at', cell: (record: OwnRecord) => <span className="text-soft">{ago(record.updated_at)}</span> },
    ],
    [t, own],
  )
}

function RecordCard({ record }: { record: OwnRecord }) {
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <Link to="/records/$id" params={{ id: record.id }} dir="auto" className="block truncate font-medium">
          {record.name}
        </Link>
        <div className="truncate text-sm text-soft">{record.owner?.name}</div>
      </div>
      <span className="shrink-0 text-sm text-faint">{ago(record.updated_at)}</span>
    </div>
  )
}
