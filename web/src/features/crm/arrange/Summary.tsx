/** Below a list: how many records there are of what is shown, and what their values add up to. */
import { useTranslation } from 'react-i18next'
import { number } from '@/lib/format'
import { Skeleton } from '@/ui/Skeleton'
import type { FilterField } from '../views/api'
import type { Groups } from './api'
import { useGroupWords } from './useGroupWords'

type Props = { groups: Groups | undefined; sum: string[]; fields: FilterField[]; error?: boolean }

export function Summary({ groups, sum, fields, error }: Props) {
  const { t } = useTranslation('views')
  const { aggregateName, figures } = useGroupWords(fields)
  return (
    <div role="status" aria-label={t('summary')} className="flex min-h-10 shrink-0 items-center border-t border-line bg-sunken px-6 py-2 text-base max-md:px-4">
      {error && <p className="text-soft">{t('summary_failed')}</p>}
      {!groups && !error && <Skeleton className="h-4 w-40" />}
      {groups && !error && (
        <dl className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
          <div className="flex gap-1.5">
            <dt className="text-soft">{t('records')}</dt>
            <dd className="tabular font-medium">{number(groups.total.count)}</dd>
          </div>
          {sum.map((aggregate, at) => (
            <div key={aggregate} className="flex gap-1.5">
              <dt className="text-soft">{aggregateName(aggregate)}</dt>
              <dd className="tabular font-medium">{figures(aggregate, groups.total.values[at])}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
