/** What is asked before many records are changed: the field and its value, the owner, the tags, the stage. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '@/lib/problem'
import { Checkbox } from '@/ui/Checkbox'
import { FormDialog } from '@/ui/Dialog'
import { Select } from '@/ui/Select'
import { TagsField } from '@/ui/TagsField'
import { pipelinesQuery } from '../api'
import { CustomInput } from '../custom/CustomInput'
import { OwnerField } from '../OwnerField'
import type { BulkAction } from './api'
import { settingOf, useEditFields } from './fields'

type Props = { noun: string; busy: boolean; error: unknown; onDo: (action: BulkAction) => void; onClose: () => void }

/** A refusal of the one field that is set stands under it; anything else below. */
function useRefusal(error: unknown): { field: string | undefined; rest: unknown } {
  const first = error ? toProblem(error).fields[0] : undefined
  return first ? { field: first.message, rest: null } : { field: undefined, rest: error }
}

export function FieldDialog({ noun, busy, error, onDo, onClose }: Props) {
  const { t } = useTranslation('bulk')
  const fields = useEditFields(noun)
  const [name, setName] = useState<string>('')
  const [value, setValue] = useState<unknown>(null)
  const [clear, setClear] = useState(false)
  const key = (custom: boolean, of: string) => (custom ? `custom.${of}` : of)
  const field = fields.find((one) => key(one.custom, one.name) === name) ?? null
  const refused = useRefusal(error)
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('field.title')}
      about={t('field.about')}
      size="sm"
      submit={t('apply')}
      busy={busy}
      error={clear ? error : refused.rest}
      why={field && (clear || !empty) ? undefined : t('field.first')}
      onSubmit={() => field && onDo({ kind: 'set', fields: settingOf(field, clear ? null : value) })}
    >
      <Select
        label={t('field.which')}
        placeholder={t('field.choose')}
        value={name}
        options={fields.map((one) => ({ value: key(one.custom, one.name), label: one.field.label }))}
        onChange={(event) => {
          setName(event.target.value)
          setValue(null)
          setClear(false)
        }}
      />
      {field && !clear && <CustomInput key={name} field={{ ...field.field, required: true }} value={value} onChange={setValue} error={refused.field} names={{}} />}
      {field && !field.field.required && <Checkbox label={t('field.clear')} checked={clear} onChange={setClear} />}
    </FormDialog>
  )
}

export function AssignDialog({ busy, error, onDo, onClose }: Props) {
  const { t } = useTranslation('bulk')
  const [owner, setOwner] = useState<string | null>(null)
  return (
    <FormDialog open onClose={onClose} title={t('assign.title')} about={t('assign.about')} size="sm" submit={t('apply')} busy={busy} error={error} onSubmit={() => onDo({ kind: 'assign', owner_id: owner })}>
      <OwnerField value={owner} onChange={setOwner} />
    </FormDialog>
  )
}

export function TagDialog({ busy, error, onDo, onClose }: Props) {
  const { t } = useTranslation('bulk')
  const [add, setAdd] = useState<string[]>([])
  const [remove, setRemove] = useState<string[]>([])
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('tag.title')}
      size="sm"
      submit={t('apply')}
      busy={busy}
      error={error}
      why={add.length + remove.length > 0 ? undefined : t('tag.first')}
      onSubmit={() => onDo({ kind: 'tag', add, remove })}
    >
      <TagsField label={t('tag.add')} optional value={add} onChange={setAdd} />
      <TagsField label={t('tag.remove')} optional value={remove} onChange={setRemove} />
    </FormDialog>
  )
}

export function StageDialog({ busy, error, onDo, onClose }: Props) {
  const { t } = useTranslation(['bulk', 'crm'])
  const pipelines = useQuery(pipelinesQuery).data?.items ?? []
  const [stage, setStage] = useState('')
  const options = pipelines.flatMap((pipeline) => pipeline.stages.map((one) => ({ value: one.id, label: pipelines.length > 1 ? `${pipeline.name}: ${one.name}` : one.name })))
  return (
    <FormDialog open onClose={onClose} title={t('stage.title')} about={t('stage.about')} size="sm" submit={t('apply')} busy={busy} error={error} why={stage ? undefined : t('stage.first')} onSubmit={() => onDo({ kind: 'move', stage_id: stage })}>
      <Select label={t('crm:field.stage')} placeholder={t('stage.choose')} value={stage} options={options} onChange={(event) => setStage(event.target.value)} />
    </FormDialog>
  )
}
