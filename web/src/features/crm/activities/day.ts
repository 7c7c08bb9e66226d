/** On which day an activity is, and how it comes to another: its time of day stays. Pure. */
import { fromClock, toClock } from '@/lib/zone'
import type { Activity, ChangeActivity } from './api'

type Dated = Pick<Activity, 'due_on' | 'due_at' | 'starts_at' | 'ends_at' | 'remind_at'>

export function dayOf(activity: Dated, zone: string): string | null {
  if (activity.due_on) return activity.due_on
  const at = activity.due_at ?? activity.starts_at
  return at ? toClock(at, zone).slice(0, 10) : null
}

const DAY = 86_400_000

/** The same clock so many days on, also where clocks are changed between. */
function later(instant: string, days: number, zone: string): string {
  const clock = toClock(instant, zone)
  const day = new Date(Date.parse(`${clock.slice(0, 10)}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
  return fromClock(`${day}T${clock.slice(11)}`, zone) ?? instant
}

export function onDay(activity: Dated, day: string, zone: string): ChangeActivity {
  const from = dayOf(activity, zone) ?? day
  const days = Math.round((Date.parse(day) - Date.parse(from)) / DAY)
  const moved: ChangeActivity = {}
  if (activity.due_on) moved.due_on = day
  for (const name of ['due_at', 'starts_at', 'ends_at', 'remind_at'] as const) {
    const at = activity[name]
    if (at) moved[name] = later(at, days, zone)
  }
  return moved
}
