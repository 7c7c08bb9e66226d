/** All people, of one company when the address says so. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { CircleUserRound, Plus, X } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { useList } from '@/api/query'
import { ago } from '@/lib/format'
import { useShortcut } from '@/lib/shortcuts'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import type { Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { Tags } from '@/ui/TagsField'
import { companyQuery, listContacts, listQuery, type Contact } from '../api'
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
import { ContactDialog } from './ContactDialog'

const route = getRouteApi('/_app/contacts')

export function ContactList() {
  const { t } = useTranslation(['crm', 'views'])
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/contacts' })
  const mayCreate = useCan('contact.edit')
  const mayExport = useCan('contact.export')
  const { q, sort, owner, company, choice, filter } = search
  const query = { q, sort, owner, company, choice, filter }
  const list = useList<Contact>(['contact', 'list', query], listContacts(query))
  const columns = useColumns()
  const own = useCustomColumns<Contact>('contact')
  const all = useInlineColumns('contact', useMemo(() => [...columns, ...own], [columns, own]))
  const set = (change: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const view = useListView('contact', search, set)
  const find = findOf(listQuery(query, undefined))
  useShortcut({ keys: 'c', label: t('contact.new'), group: t('ui:shortcuts.list') }, () => set({ new: true }), mayCreate)
  const create = (
    <Button kind="primary" icon={<Plus className="size-4" />} why={mayCreate ? undefined : t('not_allowed')} onClick={() => set({ new: true })}>
      {t('contact.new')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('app:nav.contacts')}
        actions={
          <>
            {mayExport && <ExportMenu list="contacts" formats={['csv', 'xlsx', 'vcf']} />}
            <ImportButton noun="contact" className="max-md:hidden" />
            {create}
          </>
        }
      />
      <ViewBar list={view} />
      <Arranged
        view={view}
        asked={query}
        load={listContacts}
        columnsShown={view.columns}
        onColumnsShown={view.view ? view.setColumns : undefined}
        id="contacts"
        label={t('app:nav.contacts')}
        columns={all}
        list={list}
        rowId={(contact) => contact.id}
        onOpen={(contact) => void navigate({ to: '/contacts/$id', params: { id: contact.id } })}
        card={(contact) => <ContactCard contact={contact} />}
        sort={sort}
        onSort={(next) => set({ sort: next })}
        q={q}
        onQ={(next) => set({ q: next })}
        filters={
          <>
            <OwnerFilter value={owner} onChange={(next) => set({ owner: next })} />
            <ChoiceFilter object="contact" value={choice} onChange={(next) => set({ choice: next })} />
            {company && <CompanyChip id={company} onClear={() => set({ company: undefined })} />}
          </>
        }
        found={find}
        bulk={(rows, clear, everything) => <BulkBar noun="contact" rows={rows} everything={everything} find={find} clear={clear} />}
        filtered={!!filter || !!q || !!choice || !!owner || !!company}
        onClearFilters={() => set({ saved: PLAIN, filter: undefined, q: undefined, choice: undefined, owner: undefined, company: undefined })}
        empty={
          <EmptyState icon={<CircleUserRound />} title={t('contact.empty_title')} action={<><ImportButton noun="contact" />{create}</>}>
            {t('contact.empty_text')}
          </EmptyState>
        }
      />
      <ContactDialog
        open={!!search.new}
        onClose={() => set({ new: undefined })}
        onSaved={(contact) => void navigate({ to: '/contacts/$id', params: { id: contact.id } })}
      />
    </>
  )
}

function CompanyChip({ id, onClear }: { id: string; onClear: () => void }) {
  const { t } = useTranslation(['crm', 'views'])
  const company = useQuery(companyQuery(id))
  return (
    <Button onClick={onClear} aria-label={t('ui:combobox.clear', { name: company.data?.name ?? '' })}>
      {company.data?.name ?? t('field.company')} <X aria-hidden className="size-3.5" />
    </Button>
  )
}

function useColumns(): Column<Contact>[] {
  const { t } = useTranslation(['crm', 'views'])
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('field.name'),
        sort: 'name',
        fixed: true,
        cell: (contact) => (
          <Link to="/contacts/$id" params={{ id: contact.id }} className="inline-flex max-w-full min-w-0 items-center gap-2.5 align-middle font-medium hover:underline">
            <Avatar name={contact.name} />
            <span className="truncate">{contact.name}</span>
          </Link>
        ),
      },
      {
        id: 'company',
        header: t('field.company'),
        width: 170,
        cell: (contact) =>
          contact.company && (
            <Link to="/companies/$id" params={{ id: contact.company.id }} className="hover:underline">
              {contact.company.name}
            </Link>
          ),
      },
      { id: 'job_title', header: t('field.job_title'), width: 160, hidden: true, cell: (contact) => contact.job_title },
      { id: 'email', header: t('field.email'), width: 200, cell: (contact) => contact.email },
      { id: 'phone', header: t('field.phone'), width: 140, cell: (contact) => <span className="tabular">{contact.phone}</span> },
      { id: 'city', header: t('field.city'), width: 120, hidden: true, cell: (contact) => contact.city },
      { id: 'tags', header: t('field.tags'), width: 180, hidden: true, cell: (contact) => <Tags tags={contact.tags} /> },
      { id: 'owner', header: t('field.owner'), width: 130, cell: (contact) => contact.owner?.name },
      { id: 'updated_at', header: t('field.updated'), width: 130, sort: 'updated_at', cell: (contact) => <span className="text-soft">{ago(contact.updated_at)}</span> },
    ],
    [t],
  )
}

function ContactCard({ contact }: { contact: Contact }) {
  return (
    <div className="flex items-center gap-3">
      <Avatar name={contact.name} size="md" />
      <div className="min-w-0 flex-1">
        <Link to="/contacts/$id" params={{ id: contact.id }} className="block truncate font-medium">
          {contact.name}
        </Link>
        <div className="truncate text-sm text-soft">{[contact.company?.name, contact.email].filter(Boolean).join(' · ')}</div>
      </div>
    </div>
  )
}
