/** Days of a calendar, as texts "2026-11-23" without any zone. Pure. */

export type Span = 'month' | 'week'

const utc = (day: string) => new Date(`${day}T00:00:00Z`)
const text = (at: Date) => at.toISOString().slice(0, 10)

export function addDays(day: string, days: number): string {
  const at = utc(day)
  at.setUTCDate(at.getUTCDate() + days)
  return text(at)
}

/** The same day some months on; the last of the month where it has no such day. */
export function addMonths(day: string, months: number): string {
  const at = utc(day)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0))
  return text(new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(at.getUTCDate(), last.getUTCDate()))))
}

export const moved = (day: string, span: Span, by: 1 | -1): string => (span === 'month' ? addMonths(day, by) : addDays(day, 7 * by))

type WeekInfo = { firstDay: number }

/** On which day weeks begin where the locale is spoken: 1 is Monday, 7 Sunday. */
export function firstDayOf(tag: string): number {
  try {
    const where = new Intl.Locale(tag) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo }
    return where.getWeekInfo?.().firstDay ?? where.weekInfo?.firstDay ?? 1
  } catch {
    return 1
  }
}

/** The first day of the week that the day is in. */
export function weekOf(day: string, first: number): string {
  const weekday = utc(day).getUTCDay() || 7
  return addDays(day, -((weekday - first + 7) % 7))
}

/** The days that are shown, whole weeks each. */
export function weeksOf(day: string, span: Span, first: number): string[][] {
  const week = (from: string) => Array.from({ length: 7 }, (_, n) => addDays(from, n))
  if (span === 'week') return [week(weekOf(day, first))]
  const month = day.slice(0, 7)
  const weeks: string[][] = []
  for (let from = weekOf(`${month}-01`, first); from.slice(0, 7) <= month; from = addDays(from, 7)) weeks.push(week(from))
  return weeks
}

/** What falls on each day. */
export function byDay<T>(entries: T[], dayOf: (entry: T) => string | null | undefined): Map<string, T[]> {
  const days = new Map<string, T[]>()
  for (const entry of entries) {
    const day = dayOf(entry)
    if (!day) continue
    const before = days.get(day)
    if (before) before.push(entry)
    else days.set(day, [entry])
  }
  return days
}

/** The day a key leads to; null for a key that leads nowhere. */
export function stepped(day: string, key: string, span: Span, first: number): string | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1)
    case 'ArrowRight':
      return addDays(day, 1)
    case 'ArrowUp':
      return addDays(day, -7)
    case 'ArrowDown':
      return addDays(day, 7)
    case 'Home':
      return weekOf(day, first)
    case 'End':
      return addDays(weekOf(day, first), 6)
    case 'PageUp':
      return moved(day, span, -1)
    case 'PageDown':
      return moved(day, span, 1)
    default:
      return null
  }
}
