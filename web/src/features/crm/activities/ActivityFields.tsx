/** The fields of each kind of activity. */
import { useQuery } from '@tanstack/react-query'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useFieldMessage } from '@/lib/fieldMessage'
import { Combobox } from '@/ui/Combobox'
import { DateField } from '@/ui/DateField'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { membersQuery } from '../api'
import { NoteArea } from '../notes/NoteArea'
import type { ActivityKind } from './api'
import type { Values } from './form'
import { Participants } from './Participants'

type Props = { kind: ActivityKind; form: UseFormReturn<Values>; zone: string }

const pair = 'grid gap-4 sm:grid-cols-2'

export function ActivityFields({ kind, form, zone }: Props) {
  const { t } = useTranslation('crm')
  const say = useFieldMessage()
  const members = useQuery(membersQuery)
  const { errors } = form.formState
  return (
    <>
      <TextField label={t('activity.title')} autoFocus error={say(errors.title)} {...form.register('title')} />
      {kind === 'call' && <CallFields form={form} />}
      {kind === 'meeting' && <MeetingFields form={form} />}
      {kind === 'task' && <TaskFields form={form} />}
      {kind !== 'call' && <Reminder form={form} kind={kind} />}
      <Controller
        control={form.control}
        name="assignee_id"
        render={({ field }) => (
          <Combobox
            label={t(kind === 'task' ? 'activity.assignee' : 'activity.by')}
            value={field.value}
            onChange={field.onChange}
            error={say(errors.assignee_id)}
            options={(members.data?.items ?? []).map((member) => ({ value: member.id, label: member.name }))}
          />
        )}
      />
      {kind !== 'task' && <Participants form={form} />}
      <Controller
        control={form.control}
        name="body"
        render={({ field }) => <NoteArea label={t('activity.body')} placeholder={t('activity.body')} rows={3} tools={false} value={field.value} onChange={field.onChange} />}
      />
      <p className="text-sm text-faint">{t('activity.zone', { zone: zone.replaceAll('_', ' ') })}</p>
    </>
  )
}

type Part = { form: UseFormReturn<Values> }

function CallFields({ form }: Part) {
  const { t } = useTranslation('crm')
  const say = useFieldMessage()
  const { errors } = form.formState
  const outcomes = ['connected', 'no_answer', 'busy', 'left_message', 'wrong_number'] as const
  return (
    <>
      <div className={pair}>
        <Select
          label={t('activity.direction.label')}
          options={(['outbound', 'inbound'] as const).map((value) => ({ value, label: t(`activity.direction.${value}`) }))}
          {...form.register('direction')}
        />
        <Select label={t('activity.outcome.label')} placeholder={t('activity.outcome.none')} options={outcomes.map((value) => ({ value, label: t(`activity.outcome.${value}`) }))} {...form.register('outcome')} />
      </div>
      <div className={pair}>
        <TextField type="datetime-local" label={t('activity.called_at')} error={say(errors.starts_at)} inputClassName="tabular" {...form.register('starts_at')} />
        <TextField inputMode="numeric" label={t('activity.duration')} optional error={say(errors.duration_minutes)} inputClassName="tabular" {...form.register('duration_minutes')} />
      </div>
    </>
  )
}

function MeetingFields({ form }: Part) {
  const { t } = useTranslation('crm')
  const say = useFieldMessage()
  const { errors } = form.formState
  return (
    <>
      <div className={pair}>
        <TextField type="datetime-local" label={t('activity.starts_at')} error={say(errors.starts_at)} inputClassName="tabular" {...form.register('starts_at')} />
        <TextField type="datetime-local" label={t('activity.ends_at')} optional error={say(errors.ends_at)} inputClassName="tabular" {...form.register('ends_at')} />
      </div>
      <TextField label={t('activity.place')} optional error={say(errors.place)} {...form.register('place')} />
    </>
  )
}

function TaskFields({ form }: Part) {
  const { t } = useTranslation('crm')
  const say = useFieldMessage()
  const { errors } = form.formState
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <DateField label={t('activity.due_on')} optional error={say(errors.due_on)} {...form.register('due_on')} />
      <TextField type="time" label={t('activity.due_time')} optional inputClassName="tabular" {...form.register('due_time')} />
      <Select label={t('activity.priority.label')} options={(['low', 'normal', 'high'] as const).map((value) => ({ value, label: t(`activity.priority.${value}`) }))} {...form.register('priority')} />
    </div>
  )
}

function Reminder({ form, kind }: Part & { kind: ActivityKind }) {
  const { t } = useTranslation('crm')
  const say = useFieldMessage()
  const [remind, due] = form.watch(['remind', 'due_on'])
  const dated = kind === 'meeting' || !!due
  const words = dated ? (['due', 'before', 'day', 'custom'] as const) : (['custom'] as const)
  return (
    <div className={pair}>
      <Select label={t('activity.remind.label')} placeholder={t('activity.remind.none')} options={words.map((value) => ({ value, label: t(`activity.remind.${value}`) }))} {...form.register('remind')} />
      {remind === 'custom' && <TextField type="datetime-local" label={t('activity.remind_at')} error={say(form.formState.errors.remind_at)} inputClassName="tabular" {...form.register('remind_at')} />}
    </div>
  )
}
