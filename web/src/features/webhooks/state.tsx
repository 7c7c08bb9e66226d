/** The state of an endpoint and of a delivery, as a coloured word. */
import { useTranslation } from 'react-i18next'
import { Status, type Tone } from '@/ui/Badge'
import type { Delivery, Endpoint } from './api'

export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks')
  const reason = endpoint.disabled_reason ?? 'person'
  if (!endpoint.enabled) return <Status tone={reason === 'person' ? 'neutral' : 'danger'}>{t(`off.${reason}`)}</Status>
  return endpoint.failing_since ? <Status tone="warn">{t('on.failing')}</Status> : <Status tone="good">{t('on.well')}</Status>
}

const TONES: Record<Delivery['state'], Tone> = { waiting: 'info', delivered: 'good', failed: 'danger' }

export function DeliveryStatus({ state }: { state: Delivery['state'] }) {
  const { t } = useTranslation('webhooks')
  return <Status tone={TONES[state]}>{t(`state.${state}`)}</Status>
}
