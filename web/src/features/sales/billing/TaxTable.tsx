/** The taxes offered on a line: those of the issuer's country today, each with its source. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { date } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { ErrorState } from '@/ui/ErrorState'
import { Row, Rows } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { presetsQuery } from '../document/api'
import { taxText, usePresetKind } from '../document/words'

export function TaxTable() {
  const { t } = useTranslation('sales')
  const presets = useQuery(presetsQuery)
  const kindOf = usePresetKind()
  if (presets.isPending) return <Skeleton className="h-32" />
  if (presets.isError) return <ErrorState error={presets.error} onRetry={() => void presets.refetch()} />
  if (presets.data.items.length === 0) return <p className="panel p-5 text-base text-soft">{t('billing.taxes_none')}</p>
  return (
    <Rows>
      {presets.data.items.map((preset) => (
        <Row
          key={preset.key}
          title={
            <>
              {taxText(preset.tax)} <span className="font-normal text-soft">{kindOf(preset)}</span>
            </>
          }
          about={preset.source}
          aside={
            <>
              {preset.suggested && <Badge tone="accent">{t('billing.tax_suggested')}</Badge>}
              {preset.valid_until && <span className="tabular">{t('billing.tax_until', { date: date(preset.valid_until) })}</span>}
            </>
          }
        />
      ))}
    </Rows>
  )
}
