/** How far a lead is, as a coloured word. */
import { useTranslation } from 'react-i18next'
import { Status } from '@/ui/Badge'
import type { Lead } from './api'

const TONES = { new: 'info', working: 'accent', qualified: 'good', disqualified: 'neutral', converted: 'good' } as const

export function LeadStatus({ lead }: { lead: Pick<Lead, 'status'> }) {
  const { t } = useTranslation('leads')
  return <Status tone={TONES[lead.status]}>{t(`status.${lead.status}`)}</Status>
}
