/** By which channels a contact may be written to, beyond business under way; and what was said when. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'
import { date, dateTime } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { Dialog, DialogBody } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { Related } from '@/ui/RecordLayout'
import { Skeleton } from '@/ui/Skeleton'
import { ConsentDialog } from './ConsentDialog'

export type Consents = Schema<'ConsentsView'>

export const consentsQuery = (contact: string) =>
  queryOptions({ queryKey: ['contact', 'consents', contact], queryFn: () => ok(api.GET('/api/v1/contacts/{id}/consents', { params: { path: { id: contact } } })) })

const TONES = { granted: 'good', denied: 'danger', withdrawn: 'danger' } as const

export function ConsentPanel({ contact }: { contact: string }) {
  const { t } = useTranslation('consents')
  const [open, setOpen] = useState<'record' | 'history' | null>(null)
  const consents = useQuery(consentsQuery(contact))
  const may = consents.data?.actions.includes('record')
  return (
    <Related title={t('title')} action={may && <IconButton size="sm" label={t('record')} icon={<Plus className="size-4" />} onClick={() => setOpen('record')} />}>
      {consents.isPending && <Skeleton className="h-24" />}
      {consents.isError && <ErrorState error={consents.error} onRetry={() => void consents.refetch()} />}
      <dl className="space-y-1.5 text-base">
        {consents.data?.channels.map((one) => (
          <div key={one.channel} className="flex items-center gap-2">
            <dt className="flex-1 text-soft">{t(`channel.${one.channel}`)}</dt>
            <dd title={one.said_at ? date(one.said_at) : undefined}>{one.state ? <Badge tone={TONES[one.state]}>{t(`state.${one.state}`)}</Badge> : <span className="text-sm text-faint">{t('nothing')}</span>}</dd>
          </div>
        ))}
      </dl>
      {!!consents.data?.history.length && (
        <button type="button" className="mt-2 text-sm text-accent-ink hover:underline" onClick={() => setOpen('history')}>
          {t('history')}
        </button>
      )}
      {open === 'record' && <ConsentDialog contact={contact} onClose={() => setOpen(null)} />}
      {open === 'history' && consents.data && <History consents={consents.data} onClose={() => setOpen(null)} />}
    </Related>
  )
}

function History({ consents, onClose }: { consents: Consents; onClose: () => void }) {
  const { t } = useTranslation('consents')
  const sourceOf = (source: string) => {
    if (source === 'manual' || source === 'api') return t(`source.${source}`)
    const kind = source.startsWith('lea_') ? 'lead' : 'merge'
    return t(`source.${kind}`)
  }
  return (
    <Dialog open onClose={onClose} title={t('history')}>
      <DialogBody className="pb-5">
        <ol className="divide-y divide-line">
          {consents.history.map((entry) => (
            <li key={entry.id} className="space-y-1 py-3 text-base">
              <div className="flex flex-wrap items-center gap-2">
                <strong>{t(`channel.${entry.channel}`)}</strong>
                <Badge tone={TONES[entry.state]}>{t(`state.${entry.state}`)}</Badge>
                <span className="text-sm text-faint">{dateTime(entry.said_at)}</span>
              </div>
              {entry.wording && (
                <blockquote dir="auto" className="border-l-2 border-line pl-3 whitespace-pre-wrap text-soft wrap-anywhere">
                  {entry.wording}
                </blockquote>
              )}
              {entry.evidence && (
                <p dir="auto" className="text-sm text-soft wrap-anywhere">
                  {entry.evidence}
                </p>
              )}
              <p className="text-sm text-faint">{[sourceOf(entry.source), entry.recorded_by?.name].filter(Boolean).join(' · ')}</p>
            </li>
          ))}
        </ol>
      </DialogBody>
    </Dialog>
  )
}
