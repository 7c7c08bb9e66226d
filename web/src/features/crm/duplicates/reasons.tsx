/** Why two records are likely the same, as small labels. */
import { useTranslation } from 'react-i18next'
import { percent } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import type { Reason } from './api'

export function Reasons({ reasons }: { reasons: Reason[] }) {
  const { t } = useTranslation('duplicates')
  return (
    <span className="flex flex-wrap gap-1.5">
      {reasons.map(({ field, likeness }) => (
        <Badge key={field} tone={likeness === 100 ? 'accent' : 'neutral'}>
          {likeness === 100 ? t('same', { field: t(`compared.${field}`) }) : t('alike', { field: t(`compared.${field}`), percent: percent(likeness / 100) })}
        </Badge>
      ))}
    </span>
  )
}
