/** Makes or changes an endpoint. A new one shows its secret afterwards, once. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh } from '@/api/query'
import { toProblem } from '@/lib/problem'
import { FormDialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { createEndpoint, saveEndpoint, type Endpoint } from './api'
import { EventPicker } from './EventPicker'
import { SecretDialog } from './SecretDialog'

type Props = { endpoint?: Endpoint; onClose: () => void }

/** Mounted while it is open, so that it begins with the endpoint as it is. */
export function EndpointDialog({ endpoint, onClose }: Props) {
  const { t } = useTranslation('webhooks')
  const [url, setUrl] = useState(endpoint?.url ?? '')
  const [description, setDescription] = useState(endpoint?.description ?? '')
  const [types, setTypes] = useState<string[] | null>(endpoint?.event_types ?? null)
  const save = useMutation({
    mutationFn: async () => {
      const body = { url: url.trim(), description: description.trim() || null, event_types: types }
      if (!endpoint) return (await createEndpoint(body)).secret
      await saveEndpoint(endpoint, body)
      return null
    },
    onSuccess: async (secret) => {
      await refresh('webhook')
      if (secret === null) onClose()
    },
  })
  if (save.data) return <SecretDialog open secret={save.data} onClose={onClose} />
  const { fields } = toProblem(save.error)
  const refused = (field: string) => fields.find((one) => one.field === field)?.message
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t(endpoint ? 'change' : 'create')}
      about={t('create_about')}
      submit={t(endpoint ? 'save' : 'create')}
      busy={save.isPending}
      error={save.isError && fields.length === 0 ? save.error : null}
      why={!url.trim() ? t('needs_url') : types?.length === 0 ? t('needs_type') : undefined}
      onSubmit={() => save.mutate()}
    >
      <TextField
        label={t('url')}
        type="url"
        inputMode="url"
        autoComplete="off"
        value={url}
        placeholder="https://example.com/hooks"
        error={refused('url')}
        onChange={(event) => setUrl(event.target.value)}
      />
      <TextField label={t('description')} optional maxLength={200} value={description} error={refused('description')} onChange={(event) => setDescription(event.target.value)} />
      <EventPicker value={types} onChange={setTypes} error={refused('event_types')} />
    </FormDialog>
  )
}
