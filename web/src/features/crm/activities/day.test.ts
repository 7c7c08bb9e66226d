import { expect, test } from 'vitest'
import { dayOf, onDay } from './day'

const none = { due_on: null, due_at: null, starts_at: null, ends_at: null, remind_at: null }
const zone = 'Europe/Madrid'

test('an activity is on the day of its zone', () => {
  expect(dayOf({ ...none, due_on: '2026-10-24' }, zone)).toBe('2026-10-24')
  expect(dayOf({ ...none, starts_at: '2026-10-24T22:30:00Z' }, zone)).toBe('2026-10-25')
  expect(dayOf(none, zone)).toBeNull()
})

test('it keeps its time of day where clocks are changed between', () => {
  expect(onDay({ ...none, due_on: '2026-10-24' }, '2026-10-27', zone)).toEqual({ due_on: '2026-10-27' })
  const meeting = { ...none, starts_at: '2026-10-24T08:00:00Z', ends_at: '2026-10-24T09:00:00Z', remind_at: '2026-10-24T07:45:00Z' }
  expect(onDay(meeting, '2026-10-26', zone)).toEqual({ starts_at: '2026-10-26T09:00:00Z', ends_at: '2026-10-26T10:00:00Z', remind_at: '2026-10-26T08:45:00Z' })
})
