/** What was sent to an endpoint, the newest first, with filters; one can be looked at and sent again. */
import { useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh, useList } from '@/api/query'
import { ago, dateTime } from '@/lib/format'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { eventTypesQuery, listDeliveries, type Delivery, type DeliveryState, type Endpoint } from './api'
import { DeliveryDialog } from './DeliveryDialog'
import { ReplayDialog } from './ReplayDialog'
import { DeliveryStatus } from './state'

/** Nobody is told when a message is written or has left, so a log that is looked at is asked for again. */
const AGAIN = 3_000
const STATES: DeliveryState[] = ['waiting', 'delivered', 'failed']

export function DeliveryLog({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks')
  const [state, setState] = useState('')
  const [type, setType] = useState('')
  const [open, setOpen] = useState<Delivery | null>(null)
  const [again, setAgain] = useState(false)
  const types = useQuery(eventTypesQuery)
  const filter = { ...(state ? { state: state as DeliveryState } : {}), ...(type ? { event_type: type } : {}) }
  const log = useList<Delivery>(['webhook_delivery', 'list', endpoint.id, filter], listDeliveries(endpoint.id, filter))
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh('webhook_delivery', 'webhook')
    }, AGAIN)
    return () => clearInterval(timer)
  }, [])
  const names = (types.data?.items ?? []).map((one) => one.name).filter((name) => !endpoint.event_types || endpoint.event_types.includes(name) || name === 'webhook.tested')
  return (
    <Section bare title={t('log.title')} about={t('log.about')} action={endpoint.actions.includes('replay') && <Button onClick={() => setAgain(true)}>{t('replay.all')}</Button>}>
      <div className="mb-3 flex flex-wrap gap-3">
        <Select
          className="min-w-40 flex-1"
          label={t('log.state')}
          value={state}
          onChange={(event) => setState(event.target.value)}
          options={[{ value: '', label: t('log.any') }, ...STATES.map((value) => ({ value, label: t(`state.${value}`) }))]}
        />
        <Select className="min-w-40 flex-1" label={t('log.type')} value={type} onChange={(event) => setType(event.target.value)} options={[{ value: '', label: t('log.any') }, ...names.map((value) => ({ value, label: value }))]} />
      </div>
      {log.isLoading && <Skeleton className="h-40" />}
      {!!log.error && log.rows.length === 0 && <ErrorState error={log.error} onRetry={log.retry} />}
      {!log.isLoading && !log.error && log.rows.length === 0 && (
        <div className="panel">
          <EmptyState icon={<Send />} title={t(state || type ? 'log.no_match' : 'log.empty_title')}>
            {t(state || type ? 'log.no_match_text' : 'log.empty_text')}
          </EmptyState>
        </div>
      )}
      {log.rows.length > 0 && (
        <ul aria-label={t('log.title')} className="panel divide-y divide-line overflow-hidden">
          {log.rows.map((delivery) => (
            <li key={delivery.id}>
              <button type="button" onClick={() => setOpen(delivery)} className="flex min-h-14 w-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-left hover:bg-hover">
                <span className="min-w-0 flex-1 basis-48 text-base font-medium wrap-anywhere">{delivery.event_type}</span>
                <span className="text-sm text-faint">{t('log.tries', { count: delivery.tries })}</span>
                {delivery.status && <span className="text-sm text-faint">{delivery.status}</span>}
                <time dateTime={delivery.created_at} title={dateTime(delivery.created_at)} className="text-sm text-faint">
                  {ago(delivery.created_at)}
                </time>
                <DeliveryStatus state={delivery.state} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {log.hasMore && (
        <Button className="mt-3" busy={log.isLoadingMore} onClick={log.loadMore}>
          {t('log.more')}
        </Button>
      )}
      {open && <DeliveryDialog id={open.id} canReplay={endpoint.enabled} onClose={() => setOpen(null)} />}
      {again && <ReplayDialog endpoint={endpoint} onClose={() => setAgain(false)} />}
    </Section>
  )
}
