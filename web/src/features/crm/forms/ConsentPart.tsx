/** What strangers are to agree to, and every text they ever saw. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { dateTime } from '@/lib/format'
import { Checkbox } from '@/ui/Checkbox'
import { Notice } from '@/ui/Notice'
import { TextArea } from '@/ui/TextField'
import { CHANNELS, consentsQuery, type WebForm } from './api'
import type { Draft } from './draft'

type Props = { form: WebForm; draft: Draft; put: (change: Partial<Draft>) => void; refused: (field: string) => string | undefined }

export function ConsentPart({ form, draft, put, refused }: Props) {
  const { t } = useTranslation('forms')
  const texts = useQuery(consentsQuery(form.id)).data?.items ?? []
  const shown = texts.find((text) => text.number === form.consent_number)
  const waits = form.state === 'published' && (form.consent_text ?? null) !== (shown?.text ?? null)
  const channels = draft.consent_channels ?? []
  return (
    <section className="panel space-y-4 p-5" aria-labelledby="form-consent">
      <h2 id="form-consent" className="text-lg">
        {t('consent')}
      </h2>
      <p className="text-base text-soft">{t('consent_about')}</p>
      {waits && <Notice tone="warn">{t('consent_waits')}</Notice>}
      <TextArea label={t('field.consent_text')} optional dir="auto" value={draft.consent_text ?? ''} error={refused('consent_text')} onChange={(event) => put({ consent_text: event.target.value })} />
      <fieldset className="flex flex-wrap gap-x-5 gap-y-2">
        <legend className="mb-1 text-sm font-medium text-soft">{t('field.channels')}</legend>
        {CHANNELS.map((channel) => (
          <Checkbox
            key={channel}
            label={t(`channel.${channel}`)}
            checked={channels.includes(channel)}
            onChange={(ticked) => put({ consent_channels: CHANNELS.filter((one) => (one === channel ? ticked : channels.includes(one))) })}
          />
        ))}
      </fieldset>
      <Checkbox label={t('field.consent_required')} checked={!!draft.consent_required} onChange={(consent_required) => put({ consent_required })} />
      {texts.length > 0 && (
        <details>
          <summary className="cursor-pointer text-base text-accent-ink">{t('texts', { count: texts.length })}</summary>
          <ol className="mt-2 space-y-3">
            {texts.map((text) => (
              <li key={text.id}>
                <div className="text-sm text-soft">{t('text_of', { number: text.number, when: dateTime(text.created_at) })}</div>
                <blockquote className="border-l-2 border-line pl-3 whitespace-pre-wrap wrap-anywhere" dir="auto">
                  {text.text}
                </blockquote>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  )
}
