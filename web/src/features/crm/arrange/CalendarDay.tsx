/** A day of the calendar: a cell with its first entries, all of them in a dialog, or a part of the list on a phone. */
import { useDraggable, useDroppable } from '@dnd-kit/core'
import { CSS } from '@dnd-kit/utilities'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { locale } from '@/lib/format'
import { Button } from '@/ui/Button'
import { DateField } from '@/ui/DateField'
import { Dialog, DialogBody } from '@/ui/Dialog'
import { Skeleton } from '@/ui/Skeleton'
import type { Entry } from './CalendarGrid'

const long = (day: string) => new Intl.DateTimeFormat(locale(), { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

type CellProps = { day: string; entries: Entry[]; most: number; isToday: boolean; isOutside: boolean; isFocused: boolean; onFocus: () => void; onShow: () => void }

export function DayCell({ day, entries, most, isToday, isOutside, isFocused, onFocus, onShow }: CellProps) {
  const { t } = useTranslation('views')
  const { setNodeRef, isOver } = useDroppable({ id: day })
  // One line says how many more there are, so it stands for at least two.
  const shown = entries.length > most ? entries.slice(0, most - 1) : entries
  const rest = entries.length - shown.length
  return (
    <div
      ref={setNodeRef}
      role="gridcell"
      data-day={day}
      aria-label={t('calendar.day', { day: long(day), count: entries.length })}
      aria-current={isToday ? 'date' : undefined}
      tabIndex={isFocused ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && onFocus()}
      className={cx('min-w-0 space-y-1 border-r border-line p-1 last:border-r-0', isOutside && 'bg-sunken', isOver && 'bg-accent-wash')}
    >
      <span className={cx('tabular flex size-6 items-center justify-center rounded-full text-sm', isToday ? 'bg-accent font-medium text-on-accent' : isOutside ? 'text-faint' : 'text-soft')}>{Number(day.slice(8))}</span>
      {shown.map((entry) => (
        <Chip key={entry.id} entry={entry} />
      ))}
      {rest > 0 && (
        <button type="button" onClick={onShow} className="block w-full rounded-sm px-1.5 text-left text-sm text-soft hover:bg-hover hover:text-ink">
          {t('calendar.more', { count: rest })}
        </button>
      )}
    </div>
  )
}

/** A press or Enter opens it; a drag or Space moves it. */
function Chip({ entry }: { entry: Entry }) {
  const { t } = useTranslation('views')
  const { attributes, listeners, setNodeRef, transform, isDragging } = useDraggable({ id: entry.id, disabled: !entry.movable, data: { day: entry.day } })
  return (
    <div
      ref={setNodeRef}
      {...attributes}
      {...listeners}
      role="button"
      aria-disabled={undefined}
      aria-roledescription={entry.movable ? t('calendar.entry') : undefined}
      tabIndex={0}
      title={entry.title}
      onClick={entry.open}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isDragging) entry.open()
        else listeners?.onKeyDown?.(event)
      }}
      style={{ transform: CSS.Translate.toString(transform) }}
      className={cx(
        'flex min-w-0 cursor-pointer touch-manipulation items-baseline gap-1.5 rounded-sm border-l-2 border-accent bg-accent-wash px-1.5 py-0.5 text-sm text-ink hover:bg-hover',
        entry.done && 'border-line text-soft line-through',
        isDragging && 'relative z-20 shadow-lg',
      )}
    >
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {entry.title}
      </span>
      {entry.detail && <span className="tabular shrink-0 text-xs text-soft max-lg:hidden">{entry.detail}</span>}
    </div>
  )
}

function Line({ entry, onMove }: { entry: Entry; onMove: (entry: Entry, day: string) => void }) {
  const { t } = useTranslation('views')
  const [day, setDay] = useState(entry.day)
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1.5 last:border-b-0">
      <button type="button" onClick={entry.open} className="min-h-10 min-w-0 flex-1 rounded-sm text-left hover:underline">
        <span dir="auto" className={cx('block truncate text-base font-medium', entry.done && 'text-soft line-through')}>
          {entry.title}
        </span>
        {entry.detail && <span className="tabular block text-sm text-soft">{entry.detail}</span>}
      </button>
      {entry.movable && (
        <form
          className="flex shrink-0 items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            if (day && day !== entry.day) onMove(entry, day)
          }}
        >
          <DateField labelHidden className="w-38" label={t('calendar.move', { title: entry.title })} value={day} onChange={(event) => setDay(event.target.value)} />
          {day !== entry.day && (
            <Button type="submit" size="sm" why={day ? undefined : t('calendar.choose_day')}>
              {t('calendar.put')}
            </Button>
          )}
        </form>
      )}
    </li>
  )
}

export function DayDialog({ day, entries, onClose, onMove }: { day: string; entries: Entry[]; onClose: () => void; onMove: (entry: Entry, day: string) => void }) {
  const { t } = useTranslation('views')
  return (
    <Dialog open onClose={onClose} size="sm" title={long(day)}>
      <DialogBody className="pb-5">
        {entries.length === 0 ? (
          <p className="text-base text-soft">{t('calendar.empty_day')}</p>
        ) : (
          <ul>
            {entries.map((entry) => (
              <Line key={entry.id} entry={entry} onMove={onMove} />
            ))}
          </ul>
        )}
      </DialogBody>
    </Dialog>
  )
}

type AgendaProps = { days: string[]; entries: Map<string, Entry[]>; today: string; busy: boolean; onMove: (entry: Entry, day: string) => void }

/** The days on which there is something, and today. */
export function Agenda({ days, entries, today, busy, onMove }: AgendaProps) {
  const { t } = useTranslation('views')
  const shown = days.filter((day) => entries.has(day) || day === today)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto border-t border-line px-4 pb-6">
      {busy && shown.length === 0 && <Skeleton className="mt-4 h-24" />}
      {!busy && shown.length === 0 && <p className="py-10 text-center text-base text-soft">{t('calendar.empty')}</p>}
      {shown.map((day) => (
        <section key={day} aria-label={long(day)} className="pt-4">
          <h3 className={cx('text-sm font-medium first-letter:uppercase', day === today ? 'text-accent-ink' : 'text-soft')}>
            {long(day)}
            {day === today && ` · ${t('calendar.today')}`}
          </h3>
          {entries.has(day) ? (
            <ul>
              {entries.get(day)?.map((entry) => (
                <Line key={entry.id} entry={entry} onMove={onMove} />
              ))}
            </ul>
          ) : (
            <p className="py-2 text-base text-faint">{t('calendar.empty_day')}</p>
          )}
        </section>
      ))}
    </div>
  )
}
