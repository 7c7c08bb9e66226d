/** The open deals by stage: how many, how much; to who sees no amounts only how many. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSeesAmounts } from '@/api/me'
import { isSeen, money, number } from '@/lib/format'
import { BarChart } from '@/ui/Chart'
import type { StageTotal } from './api'

const sum = ({ total }: StageTotal) => (isSeen(total) ? Math.max(0, Number(total.amount)) : 0)

export function Pipeline({ stages }: { stages: StageTotal[] }) {
  const { t } = useTranslation('home')
  const seesAmounts = useSeesAmounts()
  const open = stages.reduce((all, stage) => all + stage.count, 0)
  return (
    <section aria-label={t('pipeline.title')} className="panel p-5 max-md:p-4">
      <BarChart
        title={t('pipeline.title')}
        valueName={t(seesAmounts ? 'pipeline.total' : 'pipeline.deals')}
        empty={t('pipeline.none')}
        bars={(open > 0 ? stages : []).map((stage) =>
          seesAmounts
            ? { label: stage.name, note: String(stage.count), size: sum(stage), shown: money(stage.total, { whole: true }) }
            : { label: stage.name, size: stage.count, shown: number(stage.count) },
        )}
      />
      {!seesAmounts && open > 0 && <p className="mt-3 text-sm text-faint">{t('pipeline.counts')}</p>}
      <Link to="/deals" className="mt-3 inline-block rounded-sm text-sm text-accent-ink hover:underline">
        {open > 0 ? t('pipeline.open', { count: open }) : t('pipeline.first')}
      </Link>
    </section>
  )
}
