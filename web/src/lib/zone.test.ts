import { expect, test } from 'vitest'
import { fromClock, toClock } from './zone'

test('a clock time is an instant of its zone', () => {
  expect(fromClock('2026-11-24T09:30', 'Europe/Madrid')).toBe('2026-11-24T08:30:00Z')
  expect(fromClock('2026-07-24T09:30', 'Europe/Madrid')).toBe('2026-07-24T07:30:00Z')
  expect(fromClock('2026-11-24T09:30', 'America/Mexico_City')).toBe('2026-11-24T15:30:00Z')
  expect(toClock('2026-11-24T15:30:00Z', 'America/Mexico_City')).toBe('2026-11-24T09:30')
  expect(fromClock('', 'UTC')).toBeNull()
  expect(toClock(null, 'UTC')).toBe('')
})

test('where clocks change, the first of two instants is taken and a skipped time is moved on', () => {
  // 25 October: 02:30 is shown twice, at 00:30 and at 01:30 UTC.
  expect(fromClock('2026-10-25T02:30', 'Europe/Madrid')).toBe('2026-10-25T00:30:00Z')
  expect(fromClock('2026-10-25T03:30', 'Europe/Madrid')).toBe('2026-10-25T02:30:00Z')
  // 29 March: 02:30 is never shown; it is 03:30 summer time.
  expect(fromClock('2026-03-29T02:30', 'Europe/Madrid')).toBe('2026-03-29T01:30:00Z')
  expect(fromClock('2026-03-29T01:30', 'Europe/Madrid')).toBe('2026-03-29T00:30:00Z')
})
