/** Where an invoice stands, as a badge. */
import { useTranslation } from 'react-i18next'
import { Status, type Tone } from '@/ui/Badge'
import type { InvoiceKind, InvoiceStatus as State } from './api'

const TONES: Record<State, Tone> = { draft: 'neutral', open: 'info', partly_paid: 'info', overdue: 'danger', paid: 'good' }

/** Of a credit note it says how much of the credit is used. */
export function InvoiceStatus({ status, kind }: { status: State; kind: InvoiceKind }) {
  const { t } = useTranslation('sales')
  return <Status tone={TONES[status]}>{t(kind === 'credit_note' ? `credit.status.${status}` : `invoice.status.${status}`)}</Status>
}
