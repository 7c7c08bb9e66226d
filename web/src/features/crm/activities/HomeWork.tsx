/** One's own tasks on the first page: what is overdue and what is due today. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { ActivityRow } from './ActivityRow'
import { workQuery } from './api'

const FIRST = 6

export function HomeWork() {
  const { t } = useTranslation('crm')
  const maySee = useCan('activity.read')
  const work = useQuery({ ...workQuery, enabled: maySee })
  if (!work.data) return null
  const due = [...work.data.overdue, ...work.data.due_today]
  return (
    <section aria-labelledby="home-work" className="panel p-5 max-md:p-4">
      <div className="mb-2 flex items-baseline gap-2">
        <h2 id="home-work" className="flex-1 text-base">
          {t('work.today')} {due.length > 0 && <span className="tabular ml-1 font-normal text-faint">{due.length}</span>}
        </h2>
        <Link to="/work" className="text-sm text-accent-ink hover:underline">
          {t('work.all')}
        </Link>
      </div>
      {due.length === 0 && <p className="text-base text-soft">{t('work.nothing')}</p>}
      <ul className="flex flex-col gap-2">
        {due.slice(0, FIRST).map((activity) => (
          <li key={activity.id}>
            <ActivityRow activity={activity} />
          </li>
        ))}
      </ul>
    </section>
  )
}
