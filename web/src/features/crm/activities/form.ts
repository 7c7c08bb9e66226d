/** The form of an activity: its values as fields have them, and what is sent. Times are clock times of one's zone. */
import { z } from 'zod'
import { optionalText, required } from '@/lib/schema'
import { fromClock, toClock } from '@/lib/zone'
import type { Activity, ActivityKind, NewActivity } from './api'

const fields = z.object({
  title: required(200),
  body: optionalText(9_000),
  direction: z.enum(['inbound', 'outbound']),
  outcome: z.enum(['', 'connected', 'no_answer', 'busy', 'left_message', 'wrong_number']),
  duration_minutes: z.string().trim().regex(/^\d{0,4}$/, 'field.not_a_number'),
  starts_at: z.string(),
  ends_at: z.string(),
  place: optionalText(300),
  due_on: z.string(),
  due_time: z.string(),
  priority: z.enum(['low', 'normal', 'high']),
  remind: z.enum(['', 'due', 'before', 'day', 'custom']),
  remind_at: z.string(),
  assignee_id: z.string().nullable(),
  participants: z.array(z.string()),
})

/** A reminder at a time of one's own needs that time. */
export const schema = fields.refine((values) => values.remind !== 'custom' || values.remind_at !== '', { path: ['remind_at'], message: 'field.required' })

export const FIELDS = Object.keys(fields.shape)

export type Values = z.infer<typeof schema>

export function valuesOf(activity: Activity | undefined, me: string | null, zone: string): Values {
  const clock = (instant: string | null | undefined) => toClock(instant, zone)
  const due = clock(activity?.due_at)
  return {
    title: activity?.title ?? '',
    body: activity?.body ?? '',
    direction: activity?.direction ?? 'outbound',
    outcome: activity?.outcome ?? '',
    duration_minutes: activity?.duration_minutes?.toString() ?? '',
    starts_at: activity ? clock(activity.starts_at) : clock(new Date().toISOString()),
    ends_at: clock(activity?.ends_at),
    place: activity?.place ?? '',
    due_on: activity?.due_on ?? due.slice(0, 10),
    due_time: due.slice(11),
    priority: activity?.priority ?? 'normal',
    remind: activity?.remind_at ? 'custom' : '',
    remind_at: clock(activity?.remind_at),
    assignee_id: activity ? (activity.assignee?.id ?? null) : me,
    participants: activity?.participants.map((person) => person.id) ?? [],
  }
}

/** Minutes before, of each word. */
const BEFORE = { due: 0, before: 15, day: 24 * 60 } as const

/** When to remind. A day without a time is reminded of from nine in the morning. */
function remindAt(values: Values, base: string | null, zone: string): string | null {
  if (values.remind === '') return null
  if (values.remind === 'custom') return fromClock(values.remind_at, zone)
  if (!base) return null
  return new Date(new Date(base).getTime() - BEFORE[values.remind] * 60_000).toISOString()
}

export function bodyOf(kind: ActivityKind, values: Values, zone: string): Omit<NewActivity, 'kind' | 'about'> {
  const shared = { title: values.title, body: values.body || null, assignee_id: values.assignee_id, participants: values.participants }
  const starts_at = fromClock(values.starts_at, zone)
  if (kind === 'call') {
    const duration_minutes = values.duration_minutes === '' ? null : Number(values.duration_minutes)
    return { ...shared, starts_at, direction: values.direction, outcome: values.outcome || null, duration_minutes }
  }
  if (kind === 'meeting') {
    return { ...shared, starts_at, ends_at: fromClock(values.ends_at, zone), place: values.place || null, remind_at: remindAt(values, starts_at, zone) }
  }
  const timed = values.due_on && values.due_time ? fromClock(`${values.due_on}T${values.due_time}`, zone) : null
  const base = timed ?? (values.due_on ? fromClock(`${values.due_on}T09:00`, zone) : null)
  return {
    ...shared,
    due_at: timed,
    due_on: values.due_on && !timed ? values.due_on : null,
    priority: values.priority,
    remind_at: remindAt(values, base, zone),
  }
}
