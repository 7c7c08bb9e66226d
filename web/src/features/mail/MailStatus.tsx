/** What became of a mail, as a badge. */
import { useTranslation } from 'react-i18next'
import { Status, type Tone } from '@/ui/Badge'
import type { MailState } from './api'

const TONES: Record<MailState, Tone> = { queued: 'info', sent: 'good', failed: 'danger', unknown: 'warn' }

export function MailStatus({ state }: { state: MailState }) {
  const { t } = useTranslation('mail')
  return <Status tone={TONES[state]}>{t(`state.${state}`)}</Status>
}
