/** Home with the words of the customers' area for what happened last: only the app knows both. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { HomeWork } from '@/features/crm/activities/HomeWork'
import { useTimelineItems } from '@/features/crm/timeline/entries'
import type { Activity } from '@/features/home/api'
import { Home } from '@/features/home/Home'
import { pageOf } from '@/lib/record'
import { Timeline } from '@/ui/Timeline'

/** Sentences about these name the record themselves, by its number. */
const NAMED_BY_NUMBER = /^(quote|invoice|payment|mail)\./

function Latest({ entries }: { entries: Activity[] }) {
  const { t } = useTranslation('home')
  const items = useTimelineItems(
    entries.map((entry) => ({
      id: entry.id,
      kind: entry.kind,
      at: entry.at,
      actor: { kind: entry.actor_kind, id: entry.actor_id, name: entry.actor_name },
      subject: entry.subject,
      subject_name: NAMED_BY_NUMBER.test(entry.kind) ? null : entry.title,
      data: entry.data,
      note: null,
      activity: null,
    })),
    '',
  )
  const linked = items.map((item, index) => {
    const entry = entries[index]
    const page = entry && NAMED_BY_NUMBER.test(entry.kind) ? pageOf(entry.subject) : null
    if (!page) return item
    return {
      ...item,
      action: (
        <Link {...page} aria-label={t('activity.open', { name: entry?.title ?? '' })} className="shrink-0 rounded-sm text-sm text-accent-ink hover:underline">
          {t('activity.view')}
        </Link>
      ),
    }
  })
  return <Timeline items={linked} isLoading={false} empty={t('activity.none')} />
}

const latest = (entries: Activity[]) => <Latest entries={entries} />

export const HomePage = () => <Home activity={latest} work={<HomeWork />} />
