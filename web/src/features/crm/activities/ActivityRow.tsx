/** One activity in a list: a task with its tick box, when it is due, what it is about; and what may be done with it. */
import { Link } from '@tanstack/react-router'
import { CalendarClock, Ellipsis, Pencil, Phone, Trash2, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { today } from '@/lib/format'
import { pageOf } from '@/lib/record'
import { Badge } from '@/ui/Badge'
import { Checkbox } from '@/ui/Checkbox'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { RichText } from '../notes/RichText'
import { ActivityDialog } from './ActivityDialog'
import type { Activity } from './api'
import { useActs } from './useActs'
import { isLate, whenOf } from './when'

export const ICONS: Record<string, LucideIcon> = { call: Phone, meeting: CalendarClock }

type Props = { activity: Activity; here?: string; /** With its text and what came of it. */ whole?: boolean; showAssignee?: boolean }

export function ActivityRow({ activity, here, whole, showAssignee }: Props) {
  const { t } = useTranslation('crm')
  const [editing, setEditing] = useState(false)
  const { complete, remove } = useActs()
  const may = (action: string) => activity.actions.includes(action)
  const Icon = ICONS[activity.kind]
  return (
    <div className="flex items-start gap-2.5">
      {activity.kind === 'task' ? (
        <span className="flex h-6 items-center">
          <Checkbox
            checked={!!activity.completed_at}
            onChange={() => complete.mutate(activity)}
            disabled={complete.isPending || !(may('complete') || may('reopen'))}
            label={t('activity.tick', { title: activity.title })}
            labelHidden
          />
        </span>
      ) : (
        Icon && <Icon aria-hidden className="mt-1 size-4 shrink-0 text-faint" />
      )}
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className={cx('text-base font-medium wrap-anywhere', activity.completed_at && 'text-faint line-through')}>{activity.title}</span>
          {activity.priority === 'high' && <Badge tone="danger">{t('activity.priority.high')}</Badge>}
        </div>
        <Facts activity={activity} here={here} showAssignee={showAssignee} />
        {whole && activity.body && (
          <div className="mt-1.5">
            <RichText text={activity.body} />
          </div>
        )}
      </div>
      {(may('update') || may('delete')) && (
        <Menu
          trigger={<IconButton bare size="sm" label={t('activity.more', { title: activity.title })} icon={<Ellipsis className="size-4" />} className="-my-0.5 -mr-1.5" />}
          items={[
            may('update') && { label: t('edit'), icon: <Pencil className="size-4" />, run: () => setEditing(true) },
            may('delete') && { label: t('delete'), icon: <Trash2 className="size-4" />, danger: true, run: () => remove.mutate(activity) },
          ]}
        />
      )}
      <ActivityDialog kind={activity.kind} activity={activity} open={editing} onClose={() => setEditing(false)} />
    </div>
  )
}

function Facts({ activity, here, showAssignee }: { activity: Activity; here?: string | undefined; showAssignee?: boolean | undefined }) {
  const { t } = useTranslation('crm')
  const late = isLate(activity, today())
  const when = whenOf(activity)
  const words = [
    activity.direction && t(`activity.direction.${activity.direction}`),
    activity.outcome && t(`activity.outcome.${activity.outcome}`),
    activity.duration_minutes != null && t('activity.minutes', { count: activity.duration_minutes }),
    activity.place,
    showAssignee && activity.assignee?.name,
  ].filter((word) => !!word)
  const about = activity.about.filter((record) => record.id !== here)
  return (
    <div className="flex flex-wrap gap-x-2 text-sm text-soft">
      {when && <span className={cx('tabular', late && 'font-medium text-danger')}>{late ? t('activity.late', { when }) : when}</span>}
      {words.map((word) => (
        <span key={String(word)}>{word}</span>
      ))}
      {[...about, ...activity.participants].map((record) => {
        const page = pageOf(record.id)
        return page ? (
          <Link key={record.id} {...page} className="text-accent-ink hover:underline">
            {record.name}
          </Link>
        ) : (
          <span key={record.id}>{record.name}</span>
        )
      })}
    </div>
  )
}
