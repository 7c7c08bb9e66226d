/** The open deals by stage: how many, how much. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { money } from '@/lib/format'
import { BarChart } from '@/ui/Chart'
import type { StageTotal } from './api'

export function Pipeline({ stages }: { stages: StageTotal[] }) {
  const { t } = useTranslation('home')
  const open = stages.reduce((sum, stage) => sum + stage.count, 0)
  return (
    <section aria-label={t('pipeline.title')} className="panel p-5 max-md:p-4">
      <BarChart
        title={t('pipeline.title')}
        valueName={t('pipeline.total')}
        empty={t('pipeline.none')}
        bars={(open > 0 ? stages : []).map((stage) => ({ label: stage.name, note: String(stage.count), size: Math.max(0, Number(stage.total.amount)), shown: money(stage.total, { whole: true }) }))}
      />
      <Link to="/deals" className="mt-3 inline-block rounded-sm text-sm text-accent-ink hover:underline">
        {open > 0 ? t('pipeline.open', { count: open }) : t('pipeline.first')}
      </Link>
    </section>
  )
}
