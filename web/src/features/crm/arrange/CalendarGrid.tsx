/**
 * A calendar of whatever has a day: a month or a week as a grid, on a phone a list of its days. Arrows go from day to day,
 * Page Up and Down over months; Enter shows a day. An entry is dragged to another day, or lifted with Space.
 */
import { DndContext, KeyboardSensor, MouseSensor, pointerWithin, rectIntersection, TouchSensor, useSensor, useSensors, type CollisionDetection, type DragEndEvent, type KeyboardCoordinateGetter } from '@dnd-kit/core'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { calendarTag, date, locale } from '@/lib/format'
import { useNarrow } from '@/lib/media'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Segmented } from '@/ui/Segmented'
import { Agenda, DayCell, DayDialog } from './CalendarDay'
import { addDays, byDay, firstDayOf, moved, stepped, weeksOf, type Span } from './calendar'

export type Entry = {
  id: string
  title: string
  day: string
  /** Behind the title: an amount, a time. */
  detail?: string | undefined
  done?: boolean
  movable: boolean
  open: () => void
}

type Props = {
  label: string
  entries: Entry[]
  busy: boolean
  today: string
  /** A day that is shown, and how much around it. */
  at: string
  span: Span
  onShow: (at: string, span: Span) => void
  onMove: (entry: Entry, day: string) => void
}

const collide: CollisionDetection = (args) => {
  const under = pointerWithin(args)
  return under.length > 0 ? under : rectIntersection(args)
}

/** Space lifts an entry; arrows carry it to the neighbouring day. */
const carried: KeyboardCoordinateGetter = (event, { context }) => {
  const day = String(context.over?.id ?? context.active?.data.current?.day ?? '')
  const next = event.code.startsWith('Arrow') && day ? stepped(day, event.code, 'month', 1) : null
  const rect = next && context.droppableRects.get(next)
  if (!rect) return undefined
  event.preventDefault()
  return { x: rect.left + 4, y: rect.top + 4 }
}

export function CalendarGrid({ label, entries, busy, today, at, span, onShow, onMove }: Props) {
  const { t } = useTranslation('views')
  const narrow = useNarrow()
  const first = firstDayOf(calendarTag())
  const weeks = weeksOf(at, span, first)
  const days = byDay(entries, (entry) => entry.day)
  const [focused, setFocused] = useState(at)
  const [shown, setShown] = useState<string | null>(null)
  const grid = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const here = weeks.flat().includes(focused) ? focused : at
  useEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    grid.current?.querySelector<HTMLElement>(`[data-day="${focused}"]`)?.focus()
  })
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: carried, keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] } }),
  )
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target as HTMLElement).dataset.day || event.metaKey || event.ctrlKey || event.altKey) return
    const next = stepped(here, event.key, span, first)
    if (next) {
      event.preventDefault()
      wantsFocus.current = true
      setFocused(next)
      if (!weeks.flat().includes(next) || (span === 'month' && event.key.startsWith('Page'))) onShow(next, span)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      setShown(here)
    }
  }
  const titleOf = (id: unknown) => entries.find((entry) => entry.id === id)?.title ?? ''
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const entry = entries.find((one) => one.id === active.id)
    if (entry && over && over.id !== entry.day) onMove(entry, String(over.id))
  }
  const weekday = new Intl.DateTimeFormat(locale(), { weekday: 'short', timeZone: 'UTC' })
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Head at={at} span={span} days={weeks.flat()} today={today} onShow={onShow} />
      {narrow ? (
        <Agenda days={span === 'month' ? weeks.flat().filter((day) => day.startsWith(at.slice(0, 7))) : weeks.flat()} entries={days} today={today} busy={busy} onMove={onMove} />
      ) : (
        <DndContext
          sensors={sensors}
          collisionDetection={collide}
          onDragEnd={onDragEnd}
          accessibility={{
            screenReaderInstructions: { draggable: t('calendar.instructions') },
            announcements: {
              onDragStart: ({ active }) => t('calendar.lifted', { title: titleOf(active.id) }),
              onDragOver: ({ active, over }) => (over ? t('calendar.over', { title: titleOf(active.id), day: date(String(over.id)) }) : undefined),
              onDragEnd: ({ active, over }) => (over ? t('calendar.dropped', { title: titleOf(active.id), day: date(String(over.id)) }) : undefined),
              onDragCancel: ({ active }) => t('calendar.back', { title: titleOf(active.id) }),
            },
          }}
        >
          <div ref={grid} role="grid" aria-label={label} aria-busy={busy} onKeyDown={onKeyDown} className="flex min-h-0 flex-1 flex-col overflow-auto border-t border-line">
            <div role="row" className="sticky top-0 z-10 grid shrink-0 grid-cols-7 border-b border-line bg-bg">
              {weeks[0]?.map((day) => (
                <div key={day} role="columnheader" className="px-2 py-1.5 text-sm font-medium text-soft">
                  {weekday.format(new Date(`${day}T00:00:00Z`))}
                </div>
              ))}
            </div>
            {weeks.map((week) => (
              <div key={week[0]} role="row" className="grid min-h-28 flex-1 grid-cols-7 border-b border-line last:border-b-0">
                {week.map((day) => (
                  <DayCell
                    key={day}
                    day={day}
                    entries={days.get(day) ?? NONE}
                    most={span === 'month' ? 3 : 40}
                    isToday={day === today}
                    isOutside={span === 'month' && day.slice(0, 7) !== at.slice(0, 7)}
                    isFocused={day === here}
                    onFocus={() => setFocused(day)}
                    onShow={() => setShown(day)}
                  />
                ))}
              </div>
            ))}
          </div>
        </DndContext>
      )}
      {shown && <DayDialog day={shown} entries={days.get(shown) ?? NONE} onClose={() => setShown(null)} onMove={onMove} />}
    </div>
  )
}

const NONE: Entry[] = []

type HeadProps = Pick<Props, 'at' | 'span' | 'today' | 'onShow'> & { days: string[] }

function Head({ at, span, days, today, onShow }: HeadProps) {
  const { t } = useTranslation('views')
  const title =
    span === 'month'
      ? new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${at}T00:00:00Z`))
      : new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(new Date(`${days[0]}T00:00:00Z`), new Date(`${days.at(-1) ?? addDays(at, 6)}T00:00:00Z`))
  return (
    <div className="flex flex-wrap items-center gap-2 px-6 pb-3 max-md:px-4">
      <IconButton label={t(`calendar.before_${span}`)} icon={<ChevronLeft className="size-4" />} onClick={() => onShow(moved(at, span, -1), span)} />
      <IconButton label={t(`calendar.after_${span}`)} icon={<ChevronRight className="size-4" />} onClick={() => onShow(moved(at, span, 1), span)} />
      <Button onClick={() => onShow(today, span)}>{t('calendar.today')}</Button>
      <h2 aria-live="polite" className="min-w-0 text-lg first-letter:uppercase">
        {title}
      </h2>
      <div className="ml-auto">
        <Segmented
          label={t('calendar.span')}
          value={span}
          onChange={(next) => onShow(at, next)}
          options={[
            { value: 'month', label: t('each.month') },
            { value: 'week', label: t('each.week') },
          ]}
        />
      </div>
    </div>
  )
}
