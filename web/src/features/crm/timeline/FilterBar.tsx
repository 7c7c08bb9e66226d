/** Which part of the story is shown: kinds that can be switched on together, and one person's doings. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { Select } from '@/ui/Select'
import { membersQuery, type TimelineFilter } from '../api'

const KINDS = ['notes', 'calls', 'meetings', 'tasks', 'mails', 'documents', 'changes'] as const

type Props = { filter: TimelineFilter; onChange: (filter: TimelineFilter) => void }

export function FilterBar({ filter, onChange }: Props) {
  const { t } = useTranslation('crm')
  const members = useQuery(membersQuery).data?.items ?? []
  const chip = (on: boolean) => cx('h-7 rounded-full border px-2.5 text-sm max-md:h-9', on ? 'border-accent bg-accent-wash font-medium text-accent-ink' : 'border-line text-soft hover:text-ink')
  const flip = (kind: string) => onChange({ ...filter, kinds: filter.kinds.includes(kind) ? filter.kinds.filter((other) => other !== kind) : [...filter.kinds, kind] })
  return (
    <div className="mb-4 flex flex-wrap items-center gap-1.5" role="group" aria-label={t('timeline.filter')}>
      <button type="button" aria-pressed={filter.kinds.length === 0} className={chip(filter.kinds.length === 0)} onClick={() => onChange({ ...filter, kinds: [] })}>
        {t('timeline.kind.all')}
      </button>
      {KINDS.map((kind) => (
        <button key={kind} type="button" aria-pressed={filter.kinds.includes(kind)} className={chip(filter.kinds.includes(kind))} onClick={() => flip(kind)}>
          {t(`timeline.kind.${kind}`)}
        </button>
      ))}
      {members.length > 1 && (
        <Select
          label={t('timeline.person')}
          labelHidden
          className="w-40"
          value={filter.member ?? ''}
          placeholder={t('timeline.anybody')}
          options={members.map((member) => ({ value: member.id, label: member.name }))}
          onChange={(event) => onChange({ ...filter, member: event.target.value || null })}
        />
      )}
    </div>
  )
}
