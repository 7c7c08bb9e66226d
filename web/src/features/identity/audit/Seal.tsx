/** Whether an entry has its place in the chain. */
import { useTranslation } from 'react-i18next'
import { number } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import type { AuditEntry } from './api'

export function Seal({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('trust')
  if (entry.seq == null) return <Badge>{t('unsealed')}</Badge>
  return <Badge tone="good">{t('sealed_at', { seq: number(entry.seq) })}</Badge>
}
