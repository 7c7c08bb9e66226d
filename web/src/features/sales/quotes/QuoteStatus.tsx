/** Where a quote stands, as a badge. */
import { useTranslation } from 'react-i18next'
import { Status, type Tone } from '@/ui/Badge'
import type { QuoteState } from './api'

const TONES: Record<QuoteState, Tone> = { draft: 'neutral', sent: 'info', accepted: 'good', declined: 'danger', expired: 'warn', revoked: 'neutral' }

export function QuoteStatus({ state }: { state: QuoteState }) {
  const { t } = useTranslation('sales')
  return <Status tone={TONES[state]}>{t(`quote.state.${state}`)}</Status>
}
