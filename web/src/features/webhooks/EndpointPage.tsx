/** One endpoint: how it fares, what can be done with it, and the log of what was sent to it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLost, refresh } from '@/api/query'
import { dateTime } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { deleteEndpoint, endpointQuery, rotateSecret, saveEndpoint, sendTest, type Endpoint } from './api'
import { DeliveryLog } from './DeliveryLog'
import { EndpointDialog } from './EndpointDialog'
import { SecretDialog } from './SecretDialog'
import { EndpointState } from './state'

const route = getRouteApi('/_app/settings/webhooks/$id')

export function EndpointPage() {
  const { id } = route.useParams()
  const { t } = useTranslation('webhooks')
  const endpoint = useQuery(endpointQuery(id))
  if (endpoint.isPending) return <Skeleton className="m-6 h-60" />
  if (!endpoint.data || isLost(endpoint)) return <ErrorState isPage error={endpoint.error} onRetry={() => void endpoint.refetch()} />
  const { data } = endpoint
  const back = (
    <Link to="/settings/webhooks" className="text-sm text-accent-ink underline">
      {t('title')}
    </Link>
  )
  return (
    <div className="max-w-3xl">
      <PageHeader title={data.description || data.url} about={data.description ? data.url : ''} above={back} actions={<EndpointState endpoint={data} />} />
      <Section title={t('settings')}>
        <Settings endpoint={data} />
      </Section>
      <DeliveryLog endpoint={data} />
    </div>
  )
}

type Asking = 'change' | 'rotate' | 'delete' | null

function Settings({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks')
  const navigate = useNavigate()
  const [asking, setAsking] = useState<Asking>(null)
  const may = (action: string) => endpoint.actions.includes(action)
  const onError = toastError
  const turn = useMutation({
    mutationFn: (enabled: boolean) => saveEndpoint(endpoint, { enabled }),
    onSuccess: () => refresh('webhook', 'webhook_delivery'),
    onError,
  })
  const test = useMutation({
    mutationFn: () => sendTest(endpoint.id),
    onSuccess: async () => {
      await refresh('webhook_delivery')
      toast({ text: t('tested') })
    },
    onError,
  })
  const rotate = useMutation({ mutationFn: () => rotateSecret(endpoint.id), onSuccess: () => refresh('webhook') })
  const remove = useMutation({
    mutationFn: () => deleteEndpoint(endpoint.id),
    onSuccess: async () => {
      await navigate({ to: '/settings/webhooks' })
      await refresh('webhook')
      toast({ text: t('deleted') })
    },
  })
  return (
    <div className="flex flex-col gap-4">
      {!endpoint.enabled && endpoint.disabled_reason !== 'person' && <Notice tone="danger">{t(endpoint.disabled_reason === 'gone' ? 'why.gone' : 'why.failing')}</Notice>}
      {endpoint.enabled && endpoint.failing_since && <Notice tone="warn">{t('failing', { since: dateTime(endpoint.failing_since) })}</Notice>}
      {endpoint.old_secret_until && <Notice>{t('old_secret', { until: dateTime(endpoint.old_secret_until) })}</Notice>}
      <div>
        <div className="mb-1 text-sm font-medium text-soft">{t('events.title')}</div>
        <div className="flex flex-wrap gap-1.5">
          {endpoint.event_types ? endpoint.event_types.map((type) => <Badge key={type}>{type}</Badge>) : <Badge>{t('events.all')}</Badge>}
        </div>
      </div>
      {endpoint.actions.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {may('test') && (
            <Button kind="primary" busy={test.isPending} onClick={() => test.mutate()}>
              {t('test')}
            </Button>
          )}
          {may('enable') && (
            <Button kind="primary" busy={turn.isPending} onClick={() => turn.mutate(true)}>
              {t('enable')}
            </Button>
          )}
          {may('update') && <Button onClick={() => setAsking('change')}>{t('change')}</Button>}
          {may('rotate_secret') && <Button onClick={() => setAsking('rotate')}>{t('rotate')}</Button>}
          {may('disable') && (
            <Button busy={turn.isPending} onClick={() => turn.mutate(false)}>
              {t('disable')}
            </Button>
          )}
          {may('delete') && (
            <Button kind="quiet" onClick={() => setAsking('delete')}>
              {t('delete')}
            </Button>
          )}
        </div>
      )}
      {asking === 'change' && <EndpointDialog endpoint={endpoint} onClose={() => setAsking(null)} />}
      <Confirm
        open={asking === 'rotate' && !rotate.data}
        onClose={() => setAsking(null)}
        title={t('rotate_title')}
        action={t('rotate')}
        danger={false}
        busy={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate()}
      >
        <p>{t('rotate_text')}</p>
      </Confirm>
      {rotate.data && (
        <SecretDialog
          open
          rotated
          secret={rotate.data.secret}
          onClose={() => {
            setAsking(null)
            rotate.reset()
          }}
        />
      )}
      <Confirm open={asking === 'delete'} onClose={() => setAsking(null)} title={t('delete_title')} action={t('delete')} busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()}>
        <p>{t('delete_text')}</p>
      </Confirm>
    </div>
  )
}
