/** Whose leads become: the first rule that holds says so, else the people who take turns. */
import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { IconButton } from '@/ui/IconButton'
import { Select } from '@/ui/Select'
import { membersQuery } from '../api'
import type { LeadSetting } from './api'
import { ConditionFields } from './ConditionFields'

type Part = { setting: LeadSetting; may: boolean; onChange: (setting: LeadSetting) => void }
type Member = { id: string; name: string }

export function Assignment({ setting, may, onChange }: Part) {
  const members: Member[] = useQuery(membersQuery).data?.items ?? []
  return (
    <>
      <Rules setting={setting} may={may} onChange={onChange} members={members} />
      <Round setting={setting} may={may} onChange={onChange} members={members} />
    </>
  )
}

function Rules({ setting, may, onChange, members }: Part & { members: Member[] }) {
  const { t } = useTranslation(['leads', 'crm'])
  const [said, setSaid] = useState('')
  const { rules } = setting.assignment
  const put = (next: typeof rules) => onChange({ ...setting, assignment: { ...setting.assignment, rules: next } })
  const change = (at: number, rule: (typeof rules)[number]) => put(rules.map((one, n) => (n === at ? rule : one)))
  const move = (from: number, to: number) => {
    const next = [...rules]
    next.splice(to, 0, ...next.splice(from, 1))
    put(next)
    setSaid(t('setting.rule_moved', { place: to + 1, count: rules.length }))
  }
  return (
    <fieldset disabled={!may} className="mt-4 space-y-2">
      <legend className="mb-1 text-sm font-medium">{t('setting.assignment')}</legend>
      <p className="text-base text-soft">{t('setting.assignment_about')}</p>
      {rules.map((rule, at) => (
        <div key={at} className="flex flex-wrap items-end gap-2">
          <ConditionFields when={rule.when} onChange={(when) => change(at, { ...rule, when })} />
          <Select
            label={t('setting.to_whom')}
            labelHidden
            className="min-w-40 flex-1"
            value={rule.owner_id}
            onChange={(event) => change(at, { ...rule, owner_id: event.target.value })}
            options={members.map((member) => ({ value: member.id, label: member.name }))}
          />
          <IconButton label={t('setting.rule_up', { place: at + 1 })} disabled={at === 0} icon={<ArrowUp className="size-4" />} onClick={() => move(at, at - 1)} />
          <IconButton label={t('setting.rule_down', { place: at + 1 })} disabled={at === rules.length - 1} icon={<ArrowDown className="size-4" />} onClick={() => move(at, at + 1)} />
          <IconButton label={t('setting.rule_remove', { place: at + 1 })} icon={<Trash2 className="size-4" />} onClick={() => put(rules.filter((_, n) => n !== at))} />
        </div>
      ))}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <Button
        size="sm"
        icon={<Plus className="size-4" />}
        disabled={members.length === 0}
        onClick={() => put([...rules, { when: { look: 'country', value: '' }, owner_id: members[0]?.id ?? '' }])}
      >
        {t('setting.add_assignment')}
      </Button>
    </fieldset>
  )
}

function Round({ setting, may, onChange, members }: Part & { members: Member[] }) {
  const { t } = useTranslation('leads')
  const { assignment } = setting
  const put = (id: string, takes: boolean) => {
    const rest = assignment.round.filter((one) => one !== id)
    onChange({ ...setting, assignment: { ...assignment, round: takes ? [...rest, id] : rest } })
  }
  return (
    <fieldset disabled={!may} className="mt-4 space-y-2">
      <legend className="mb-1 text-sm font-medium">{t('setting.round')}</legend>
      <p className="text-base text-soft">{t('setting.round_about')}</p>
      {members.map((member) => (
        <Checkbox key={member.id} label={member.name} disabled={!may} checked={assignment.round.includes(member.id)} onChange={(takes) => put(member.id, takes)} />
      ))}
    </fieldset>
  )
}
