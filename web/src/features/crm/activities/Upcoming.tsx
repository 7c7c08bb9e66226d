/** What is still to come of a record, above its story. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ActivityRow } from './ActivityRow'
import { upcomingQuery } from './api'

export function Upcoming({ subject }: { subject: string }) {
  const { t } = useTranslation('crm')
  const upcoming = useQuery(upcomingQuery(subject))
  const items = upcoming.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section aria-label={t('activity.upcoming')} className="mb-5">
      <h3 className="mb-1.5 text-sm font-medium text-soft">{t('activity.upcoming')}</h3>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {items.map((activity) => (
          <li key={activity.id} className="px-3 py-2">
            <ActivityRow activity={activity} here={subject} showAssignee />
          </li>
        ))}
      </ul>
    </section>
  )
}
