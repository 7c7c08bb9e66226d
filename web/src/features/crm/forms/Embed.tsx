/** How a form gets into a site: its address, a frame, or a form that works by itself. */
import { useQuery } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { CopyField } from '@/ui/CopyField'
import { Notice } from '@/ui/Notice'
import { toast } from '@/ui/Toast'
import { consentsQuery, type WebForm } from './api'
import { addressOf, frameOf, plainOf } from './snippets'

export function Embed({ form }: { form: WebForm }) {
  const { t } = useTranslation('forms')
  const texts = useQuery(consentsQuery(form.id)).data?.items ?? []
  const consent = texts.find((text) => text.number === form.consent_number)?.text ?? ''
  const site = window.location.origin
  return (
    <div className="panel space-y-5 p-5">
      {form.state !== 'published' && <Notice tone="warn">{t('embed.not_published')}</Notice>}
      <CopyField label={t('embed.address')} value={addressOf(form, site)} />
      {form.allowed_origins.length === 0 && <Notice>{t('embed.no_site')}</Notice>}
      <Snippet title={t('embed.frame')} text={frameOf(form, site)} />
      <Snippet title={t('embed.plain')} text={plainOf(form, site, { submit: t('embed.send'), consent })} />
      <p className="text-base text-soft">{t('embed.prefill', { example: `${form.path}?email=name@example.com&utm_campaign=spring` })}</p>
    </div>
  )
}

function Snippet({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation(['forms', 'ui'])
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => toast({ text: t('ui:toast.copied') }),
      () => undefined,
    )
  return (
    <section>
      <div className="mb-1 flex items-center justify-between gap-2">
        <h2 className="text-base font-medium">{title}</h2>
        <Button size="sm" icon={<Copy className="size-4" />} onClick={copy}>
          {t('ui:copy')}
        </Button>
      </div>
      <pre tabIndex={0} aria-label={title} className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-sm">
        {text}
      </pre>
    </section>
  )
}
