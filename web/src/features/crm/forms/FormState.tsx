/** How far a form is. */
import { useTranslation } from 'react-i18next'
import { Status } from '@/ui/Badge'
import type { WebForm } from './api'

const TONES = { draft: 'neutral', published: 'good', closed: 'warn' } as const

export function FormState({ form }: { form: Pick<WebForm, 'state'> }) {
  const { t } = useTranslation('forms')
  return <Status tone={TONES[form.state]}>{t(`state.${form.state}`)}</Status>
}
