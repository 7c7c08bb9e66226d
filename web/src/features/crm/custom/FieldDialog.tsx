/** Makes a field, or changes what one is called, offers and asks. The kind of one that is there has a dialog of its own. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '@/lib/problem'
import { FormDialog } from '@/ui/Dialog'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import { TextArea, TextField } from '@/ui/TextField'
import { createCustomField, type CustomField, type CustomKind, type CustomObject, KINDS, OBJECTS, refreshCustomFields, saveCustomField } from './api'
import { useObjects } from '../objects/api'
import { type ChoiceDraft, ChoicesField } from './ChoicesField'

const hasChoices = (kind: CustomKind) => kind === 'choice' || kind === 'multi_choice'

export function FieldDialog({ object, title, field, onClose }: { object: CustomObject; title: string; field?: CustomField; onClose: () => void }) {
  const { t } = useTranslation('crm')
  const objects = useObjects()
  const [label, setLabel] = useState(field?.label ?? '')
  const [help, setHelp] = useState(field?.help ?? '')
  const [key, setKey] = useState('')
  const [kind, setKind] = useState<CustomKind>(field?.kind ?? 'text')
  const [target, setTarget] = useState<CustomObject>(field?.target ?? 'company')
  const [required, setRequired] = useState(field?.required ?? false)
  const [choices, setChoices] = useState<ChoiceDraft[]>(() => {
    const there = field?.choices.filter((choice) => !choice.archived).map((choice, at) => ({ at, id: choice.id, label: choice.label })) ?? []
    return there.length > 0 ? there : [{ at: 0, id: null, label: '' }]
  })
  const save = useMutation({
    mutationFn: () => {
      const shared = { label: label.trim(), help: help.trim() || null, required }
      if (field) {
        const offered = choices.map(({ id, label }) => ({ ...(id ? { id } : {}), label: label.trim() }))
        return saveCustomField(field, { ...shared, ...(hasChoices(kind) ? { choices: offered } : {}) })
      }
      return createCustomField({
        ...shared,
        object,
        kind,
        ...(key.trim() ? { key: key.trim() } : {}),
        choices: hasChoices(kind) ? choices.map((choice) => choice.label.trim()) : [],
        ...(kind === 'relation' ? { target } : {}),
      })
    },
    onSuccess: () => {
      onClose()
      void refreshCustomFields()
    },
  })
  const refused = save.error ? toProblem(save.error).fields : []
  const errorOf = (name: string) => refused.find((one) => one.field === name)?.message
  return (
    <FormDialog
      open
      onClose={onClose}
      title={title}
      submit={field ? t('ui:dialog.save') : t('custom.create')}
      busy={save.isPending}
      error={refused.length > 0 ? null : save.error}
      why={label.trim() ? undefined : t('custom.label_first')}
      onSubmit={() => save.mutate()}
    >
      <TextField label={t('custom.label')} autoFocus maxLength={80} dir="auto" value={label} error={errorOf('label')} onChange={(event) => setLabel(event.target.value)} />
      {!field && (
        <>
          <Select
            label={t('custom.kind_label')}
            value={kind}
            error={errorOf('kind')}
            options={KINDS.map((one) => ({ value: one, label: t(`custom.kind.${one}`) }))}
            onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? 'text')}
          />
          <TextField label={t('custom.key')} optional hint={t('custom.key_hint')} maxLength={40} autoCapitalize="none" spellCheck={false} value={key} error={errorOf('key')} onChange={(event) => setKey(event.target.value)} />
        </>
      )}
      {!field && kind === 'relation' && (
        <Select
          label={t('custom.target')}
          value={target}
          error={errorOf('target')}
          options={[...OBJECTS.map((one) => ({ value: one as string, label: t(`custom.one.${one}`) })), ...objects.map((one) => ({ value: one.id, label: one.singular }))]}
          onChange={(event) => setTarget(event.target.value)}
        />
      )}
      {hasChoices(kind) && (
        <ChoicesField value={choices} onChange={setChoices} error={errorOf('choices')} errorOf={(index) => errorOf(`choices.${index}`) ?? errorOf(`choices.${index}.label`)} />
      )}
      <TextArea label={t('custom.help')} optional hint={t('custom.help_hint')} maxLength={500} dir="auto" value={help} error={errorOf('help')} onChange={(event) => setHelp(event.target.value)} />
      <Switch label={t('custom.required')} hint={t('custom.required_hint')} checked={required} onChange={setRequired} />
    </FormDialog>
  )
}
