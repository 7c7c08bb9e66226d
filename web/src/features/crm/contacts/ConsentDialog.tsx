/** Writes down what a contact said of one channel. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'
import { FormDialog } from '@/ui/Dialog'
import { Select } from '@/ui/Select'
import { TextArea, TextField } from '@/ui/TextField'

const CHANNELS = ['email', 'phone', 'sms', 'whatsapp', 'post'] as const satisfies readonly Schema<'ConsentChannel'>[]
const STATES = ['granted', 'denied', 'withdrawn'] as const satisfies readonly Schema<'ConsentState'>[]

export function ConsentDialog({ contact, onClose }: { contact: string; onClose: () => void }) {
  const { t } = useTranslation('consents')
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('email')
  const [state, setState] = useState<(typeof STATES)[number]>('granted')
  const [wording, setWording] = useState('')
  const [evidence, setEvidence] = useState('')
  const save = useMutation({
    mutationFn: () =>
      ok(
        api.POST('/api/v1/contacts/{id}/consents', {
          params: { path: { id: contact } },
          body: { channel, state, ...(wording.trim() ? { wording: wording.trim() } : {}), ...(evidence.trim() ? { evidence: evidence.trim() } : {}) },
        }),
      ),
    onSuccess: () => {
      onClose()
      void refresh('contact', 'timeline')
    },
  })
  return (
    <FormDialog open onClose={onClose} title={t('record')} about={t('record_about')} submit={t('ui:dialog.save')} busy={save.isPending} error={save.error} onSubmit={() => save.mutate()}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Select label={t('channel_label')} autoFocus value={channel} options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))} onChange={(event) => setChannel(CHANNELS.find((one) => one === event.target.value) ?? 'email')} />
        <Select label={t('state_label')} value={state} options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))} onChange={(event) => setState(STATES.find((one) => one === event.target.value) ?? 'granted')} />
      </div>
      <TextArea label={t('wording')} optional hint={t('wording_hint')} maxLength={5000} dir="auto" value={wording} onChange={(event) => setWording(event.target.value)} />
      <TextField label={t('evidence')} optional hint={t('evidence_hint')} maxLength={500} dir="auto" value={evidence} onChange={(event) => setEvidence(event.target.value)} />
    </FormDialog>
  )
}
