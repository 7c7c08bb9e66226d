/** The state of a deal as a coloured word. */
import { useTranslation } from 'react-i18next'
import { Status } from '@/ui/Badge'
import type { Deal } from '../api'

const TONES = { open: 'accent', won: 'good', lost: 'danger' } as const

export function DealStatus({ deal }: { deal: Pick<Deal, 'state'> }) {
  const { t } = useTranslation('crm')
  return <Status tone={TONES[deal.state] ?? 'neutral'}>{t(`deal.state.${deal.state}`)}</Status>
}
