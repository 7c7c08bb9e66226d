/** Where an invoice stands, as a badge. */
import { useTranslation } from 'react-i18next'
import { Status, type Tone } from '@/ui/Badge'
import type { InvoiceStatus as State } from './api'

const TONES: Record<State, Tone> = { draft: 'neutral', open: 'info', partly_paid: 'info', overdue: 'danger', paid: 'good' }

export function InvoiceStatus({ status }: { status: State }) {
  const { t } = useTranslation('sales')
  return <Status tone={TONES[status]}>{t(`invoice.status.${status}`)}</Status>
}
