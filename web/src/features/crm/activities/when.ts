/** When an activity is or is due, in words. */
import { date, dateTime } from '@/lib/format'
import type { Activity } from './api'

export function whenOf(activity: Activity): string {
  return activity.due_on ? date(activity.due_on) : dateTime(activity.due_at ?? activity.starts_at)
}

export function isLate(activity: Activity, today: string, now = Date.now()): boolean {
  if (activity.kind !== 'task' || activity.completed_at) return false
  if (activity.due_on) return activity.due_on < today
  return !!activity.due_at && new Date(activity.due_at).getTime() < now
}
