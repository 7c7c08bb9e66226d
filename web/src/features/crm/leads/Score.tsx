/** A score with what it is made of: the points of the reasons add up to it. */
import { useTranslation } from 'react-i18next'
import { Related } from '@/ui/RecordLayout'
import type { Lead } from './api'

const signed = (points: number) => (points > 0 ? `+${points}` : String(points))

export function Score({ lead }: { lead: Pick<Lead, 'score' | 'score_reasons'> }) {
  const { t } = useTranslation('leads')
  return (
    <Related title={t('score.title')}>
      <p className="tabular text-2xl font-medium">{lead.score}</p>
      {lead.score_reasons.length === 0 ? (
        <p className="text-base text-soft">{t('score.none')}</p>
      ) : (
        <ul className="mt-1 space-y-1 text-base">
          {lead.score_reasons.map((reason, at) => (
            <li key={at} className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 wrap-anywhere">{t(`look.${reason.look}`, { value: reason.value ?? '' })}</span>
              <span className={`tabular shrink-0 ${reason.points < 0 ? 'text-danger' : 'text-good'}`}>{signed(reason.points)}</span>
            </li>
          ))}
        </ul>
      )}
    </Related>
  )
}
