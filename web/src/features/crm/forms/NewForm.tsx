/** Begins a form with what most ask: name, e-mail, message. */
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '@/lib/i18n'
import { toProblem } from '@/lib/problem'
import { FormDialog } from '@/ui/Dialog'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { createForm, refreshForms, type FieldKind } from './api'

export function NewForm({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('forms')
  const me = useMe()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [language, setLanguage] = useState(isLanguage(me.tenant.language) ? me.tenant.language : 'en')
  const save = useMutation({
    mutationFn: async () => {
      // The labels are what strangers read, so they are in the form's language.
      await i18n.loadLanguages(language)
      const say = i18n.getFixedT(language, 'forms')
      const ask = (kind: FieldKind, required = false) => ({ kind, key: kind as string, label: say(`kind.${kind}`), required, choices: [] })
      return createForm({ name: name.trim(), language, fields: [ask('given_name'), ask('email', true), ask('message')] })
    },
    onSuccess: async (form) => {
      await refreshForms()
      await navigate({ to: '/forms/$id', params: { id: form.id } })
    },
  })
  const { fields } = toProblem(save.error)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('new')}
      about={t('new_about')}
      submit={t('create')}
      busy={save.isPending}
      error={save.isError && fields.length === 0 ? save.error : null}
      why={name.trim() ? undefined : t('needs_name')}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <TextField label={t('field.name')} autoFocus maxLength={120} dir="auto" value={name} error={fields[0]?.message} onChange={(event) => setName(event.target.value)} />
      <Select
        label={t('field.language')}
        value={language}
        onChange={(event) => isLanguage(event.target.value) && setLanguage(event.target.value)}
        options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
      />
    </FormDialog>
  )
}
