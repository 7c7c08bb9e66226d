/** Writing a form: what it is called and says, its fields, its consent, where its leads go. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '@/lib/i18n'
import { toProblem } from '@/lib/problem'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { TextArea, TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { OwnerField } from '../OwnerField'
import { saveForm, type WebForm } from './api'
import { ConsentPart } from './ConsentPart'
import { draftOf, inputOf, type Draft } from './draft'
import { FieldsPart } from './FieldsPart'
import { GuardPart } from './GuardPart'

type Props = { form: WebForm; onSaved: (form: WebForm) => void }

export function Editor({ form, onSaved }: Props) {
  const { t } = useTranslation(['forms', 'crm'])
  const [draft, setDraft] = useState<Draft>(() => draftOf(form))
  const may = form.actions.includes('update')
  const save = useMutation({
    mutationFn: () => saveForm(form, inputOf(draft)),
    onSuccess: (saved) => {
      onSaved(saved)
      toast({ text: t('saved') })
    },
  })
  const problem = save.isError ? toProblem(save.error) : null
  const refused = (name: string) => problem?.fields.find((one) => one.field === name)?.message
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const text = (name: 'name' | 'title' | 'submit_label' | 'redirect_url' | 'source', more?: { placeholder?: string; hint?: string; optional?: boolean }) => (
    <TextField label={t(`field.${name}`)} dir="auto" autoComplete="off" value={draft[name] ?? ''} error={refused(name)} onChange={(event) => put({ [name]: event.target.value })} {...more} />
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <fieldset disabled={!may} className="space-y-6">
        {!may && <Notice>{t('read_only')}</Notice>}
        <div className="panel grid gap-4 p-5 sm:grid-cols-2">
          {text('name')}
          <Select
            label={t('field.language')}
            value={draft.language}
            onChange={(event) => isLanguage(event.target.value) && put({ language: event.target.value })}
            options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          />
          {text('title', { optional: true })}
          {text('submit_label', { optional: true })}
          <TextArea className="sm:col-span-2" label={t('field.intro')} optional dir="auto" value={draft.intro ?? ''} error={refused('intro')} onChange={(event) => put({ intro: event.target.value })} />
        </div>
        <FieldsPart fields={draft.fields} onChange={(fields) => put({ fields })} refused={refused} language={draft.language} />
        <ConsentPart form={form} draft={draft} put={put} refused={refused} />
        <div className="panel grid gap-4 p-5 sm:grid-cols-2">
          <h2 className="text-lg sm:col-span-2">{t('after')}</h2>
          <TextArea className="sm:col-span-2" label={t('field.thank_you')} optional dir="auto" value={draft.thank_you ?? ''} error={refused('thank_you')} onChange={(event) => put({ thank_you: event.target.value })} />
          {text('redirect_url', { optional: true, placeholder: 'https://', hint: t('redirect_hint') })}
          {text('source', { optional: true, hint: t('source_hint') })}
          <TextField
            label={t('field.campaign')}
            optional
            dir="auto"
            hint={t('campaign_hint')}
            value={draft.utm?.campaign ?? ''}
            error={refused('utm.campaign')}
            onChange={(event) => put({ utm: { ...form.utm, campaign: event.target.value || null } })}
          />
          <OwnerField value={draft.owner_id ?? null} onChange={(owner_id) => put({ owner_id })} />
          <TextArea
            className="sm:col-span-2"
            label={t('field.allowed_origins')}
            optional
            hint={t('origins_hint')}
            placeholder="https://example.com"
            value={(draft.allowed_origins ?? []).join('\n')}
            error={refused('allowed_origins')}
            onChange={(event) => put({ allowed_origins: event.target.value.split('\n') })}
          />
        </div>
        <GuardPart guard={draft.guard ?? form.guard} onChange={(guard) => put({ guard })} refused={refused} />
        {problem && <Notice tone="danger">{problem.fields.length > 0 ? (refused('fields') ?? t('look_again')) : problem.detail || problem.title}</Notice>}
        {may && (
          <Button kind="primary" type="submit" busy={save.isPending}>
            {t('ui:dialog.save')}
          </Button>
        )}
      </fieldset>
    </form>
  )
}
