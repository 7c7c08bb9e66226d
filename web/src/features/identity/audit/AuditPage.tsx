/** Who did what, when and from where; each entry with what was before and after, and a proof that none was touched. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ScrollText } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { useList } from '@/api/query'
import { ago, dateTime } from '@/lib/format'
import { DataTable, type Column } from '@/ui/DataTable'
import { DateField } from '@/ui/DateField'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { Select } from '@/ui/Select'
import { apiKeysQuery, membersQuery } from '../api'
import { usePermissionName } from '../permissionName'
import { AUDIT_NOUNS, listAudit, type AuditEntry, type AuditFilter } from './api'
import { AuditDetail } from './AuditDetail'
import { AuditProof } from './AuditProof'
import { Seal } from './Seal'

const route = getRouteApi('/_app/settings/audit')

export function AuditPage() {
  const { t } = useTranslation('trust')
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/settings/audit' })
  const list = useList<AuditEntry>(['audit', 'list', filter], listAudit(filter))
  const who = useNames()
  const columns = useColumns(who)
  const [open, setOpen] = useState<AuditEntry | null>(null)
  const set = (next: AuditFilter) => {
    const kept = Object.entries({ ...filter, ...next }).filter(([, value]) => value)
    void navigate({ search: Object.fromEntries(kept) as AuditFilter, replace: true })
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title={t('title')} about={t('about')} />
      <AuditProof />
      <DataTable
        id="audit"
        label={t('title')}
        columns={columns}
        list={list}
        rowId={(entry) => entry.id}
        onOpen={setOpen}
        card={(entry) => <Card entry={entry} who={who} onOpen={() => setOpen(entry)} />}
        filters={<Filters filter={filter} set={set} members={who.members} />}
        filtered={Object.keys(filter).length > 0}
        onClearFilters={() => void navigate({ search: {}, replace: true })}
        empty={
          <EmptyState icon={<ScrollText />} title={t('empty_title')}>
            {t('empty_text')}
          </EmptyState>
        }
      />
      <AuditDetail entry={open} who={who.name} onClose={() => setOpen(null)} />
    </div>
  )
}

export type Names = { name: (kind: string, id: string | null | undefined) => string; members: { value: string; label: string }[] }

/** What actors are called now. Whoever has left, or may not be seen, is called by what they are. */
function useNames(): Names {
  const { t } = useTranslation('trust')
  const members = useQuery({ ...membersQuery, enabled: useCan('member.read') }).data?.items
  const keys = useQuery({ ...apiKeysQuery, enabled: useCan('api_key.manage') }).data?.items
  return useMemo(() => {
    const known = new Map<string, string>()
    for (const member of members ?? []) known.set(member.id, member.name)
    for (const key of keys ?? []) known.set(key.id, t('key_named', { name: key.name }))
    return {
      name: (kind, id) => (id && known.get(id)) || t(`actor.${kind}`),
      members: (members ?? []).map((member) => ({ value: member.id, label: member.name })),
    }
  }, [members, keys, t])
}

function Filters({ filter, set, members }: { filter: AuditFilter; set: (next: AuditFilter) => void; members: Names['members'] }) {
  const { t } = useTranslation('trust')
  const { noun } = usePermissionName()
  const nouns = AUDIT_NOUNS.map((value) => ({ value, label: noun(value) })).sort((a, b) => a.label.localeCompare(b.label))
  const field = (name: keyof AuditFilter) => ({
    value: filter[name] ?? '',
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
    labelHidden: true,
  })
  return (
    <>
      <Select label={t('filter.about')} className="w-44 max-md:w-full" placeholder={t('filter.everything')} options={nouns} {...field('action')} />
      <Select
        label={t('filter.by')}
        className="w-44 max-md:w-full"
        placeholder={t('filter.everybody')}
        options={[...members, { value: 'system', label: t('actor.system') }]}
        {...field('actor')}
      />
      <DateField label={t('filter.from')} title={t('filter.from')} className="w-36 max-md:flex-1" max={filter.to} {...field('from')} />
      <DateField label={t('filter.to')} title={t('filter.to')} className="w-36 max-md:flex-1" min={filter.from} {...field('to')} />
    </>
  )
}

function useColumns({ name }: Names): Column<AuditEntry>[] {
  const { t } = useTranslation('trust')
  const { noun } = usePermissionName()
  return useMemo(
    () => [
      {
        id: 'action',
        header: t('field.action'),
        fixed: true,
        cell: (entry) => (
          <span className="flex min-w-0 items-baseline gap-2">
            <span className="truncate font-medium">{noun(entry.action.split('.')[0] ?? '')}</span>
            <span className="truncate font-mono text-xs text-soft">{entry.action}</span>
          </span>
        ),
      },
      { id: 'actor', header: t('field.actor'), width: 190, cell: (entry) => name(entry.actor_kind, entry.actor_id) },
      { id: 'fields', header: t('field.fields'), width: 220, cell: (entry) => <span className="text-soft">{entry.fields.join(', ')}</span> },
      { id: 'at', header: t('field.at'), width: 150, cell: (entry) => <span className="text-soft" title={dateTime(entry.at)}>{ago(entry.at)}</span> },
      { id: 'seal', header: t('field.seal'), width: 130, cell: (entry) => <Seal entry={entry} /> },
    ],
    [t, noun, name],
  )
}

function Card({ entry, who, onOpen }: { entry: AuditEntry; who: Names; onOpen: () => void }) {
  return (
    <button type="button" className="flex w-full items-center gap-3 text-left" onClick={onOpen}>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{who.name(entry.actor_kind, entry.actor_id)}</span>
        <span className="block truncate font-mono text-xs text-soft">{entry.action}</span>
      </span>
      <span className="shrink-0 text-right">
        <Seal entry={entry} />
        <span className="block text-sm text-faint">{ago(entry.at)}</span>
      </span>
    </button>
  )
}
