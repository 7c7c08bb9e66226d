/** The endpoints of the workspace. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus, Webhook } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Row, Rows } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { endpointsQuery } from './api'
import { EndpointDialog } from './EndpointDialog'
import { EndpointState } from './state'

export function Webhooks() {
  const { t } = useTranslation('webhooks')
  const endpoints = useQuery(endpointsQuery)
  const mayEdit = useCan('webhook.edit')
  const [making, setMaking] = useState(false)
  const create = mayEdit && (
    <Button kind="primary" icon={<Plus className="size-4" />} onClick={() => setMaking(true)}>
      {t('create')}
    </Button>
  )
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('title')} about={t('about')} actions={create} />
      <div className="px-6 pt-2 pb-8 max-md:px-4">
        {endpoints.isPending && <Skeleton className="h-40" />}
        {endpoints.isError && <ErrorState error={endpoints.error} onRetry={() => void endpoints.refetch()} />}
        {endpoints.data?.items.length === 0 && (
          <div className="panel">
            <EmptyState icon={<Webhook />} title={t('empty_title')} action={create}>
              {t('empty_text')}
            </EmptyState>
          </div>
        )}
        {!!endpoints.data?.items.length && (
          <Rows>
            {endpoints.data.items.map((endpoint) => (
              <Row
                key={endpoint.id}
                picture={<Webhook aria-hidden className="size-5 shrink-0 text-faint" />}
                title={
                  <Link to="/settings/webhooks/$id" params={{ id: endpoint.id }} className="hover:underline">
                    {endpoint.description || endpoint.url}
                  </Link>
                }
                about={endpoint.description ? endpoint.url : undefined}
                aside={
                  <>
                    <Badge>{endpoint.event_types ? t('events.count', { count: endpoint.event_types.length }) : t('events.all')}</Badge>
                    <EndpointState endpoint={endpoint} />
                  </>
                }
              />
            ))}
          </Rows>
        )}
      </div>
      {making && <EndpointDialog onClose={() => setMaking(false)} />}
    </div>
  )
}
