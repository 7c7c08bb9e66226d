/** The state of an import as a coloured word. */
import { useTranslation } from 'react-i18next'
import { Status, type Tone } from '@/ui/Badge'
import type { ImportState } from './api'

const TONES: Record<ImportState, Tone> = {
  uploaded: 'warn',
  ready: 'neutral',
  running: 'accent',
  done: 'good',
  failed: 'danger',
  undoing: 'warn',
  undone: 'neutral',
}

export function ImportStatus({ state }: { state: ImportState }) {
  const { t } = useTranslation('crm')
  return <Status tone={TONES[state] ?? 'neutral'}>{t(`import.state.${state}`)}</Status>
}
