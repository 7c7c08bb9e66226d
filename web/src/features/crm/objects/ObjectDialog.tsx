/** Makes a custom object, or renames one. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '@/lib/problem'
import { FormDialog } from '@/ui/Dialog'
import { TextArea, TextField } from '@/ui/TextField'
import { createObject, refreshObjects, saveObject, type OwnObject } from './api'

export function ObjectDialog({ object, onClose }: { object?: OwnObject; onClose: () => void }) {
  const { t } = useTranslation('objects')
  const [singular, setSingular] = useState(object?.singular ?? '')
  const [plural, setPlural] = useState(object?.plural ?? '')
  const [description, setDescription] = useState(object?.description ?? '')
  const [key, setKey] = useState('')
  const save = useMutation({
    mutationFn: () => {
      const body = { singular: singular.trim(), plural: plural.trim(), description: description.trim() || null }
      return object ? saveObject(object, body) : createObject({ ...body, ...(key.trim() ? { key: key.trim() } : {}) })
    },
    onSuccess: () => {
      onClose()
      void refreshObjects()
    },
  })
  const refused = save.error ? toProblem(save.error).fields : []
  const errorOf = (name: string) => refused.find((one) => one.field === name)?.message
  return (
    <FormDialog
      open
      onClose={onClose}
      title={object ? t('edit') : t('new')}
      submit={object ? t('ui:dialog.save') : t('create')}
      busy={save.isPending}
      error={refused.length > 0 ? null : save.error}
      why={singular.trim() && plural.trim() ? undefined : t('names_first')}
      onSubmit={() => save.mutate()}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={t('singular')} hint={t('singular_hint')} autoFocus maxLength={60} dir="auto" value={singular} error={errorOf('singular')} onChange={(event) => setSingular(event.target.value)} />
        <TextField label={t('plural')} hint={t('plural_hint')} maxLength={60} dir="auto" value={plural} error={errorOf('plural')} onChange={(event) => setPlural(event.target.value)} />
      </div>
      {!object && (
        <TextField label={t('key')} optional hint={t('key_hint')} maxLength={40} autoCapitalize="none" spellCheck={false} value={key} error={errorOf('key')} onChange={(event) => setKey(event.target.value)} />
      )}
      <TextArea label={t('description')} optional maxLength={500} dir="auto" value={description} error={errorOf('description')} onChange={(event) => setDescription(event.target.value)} />
    </FormDialog>
  )
}
