import { expect, test } from 'vitest'
import { addDays, addMonths, byDay, firstDayOf, stepped, weekOf, weeksOf } from './calendar'

test('days and months are counted over their ends', () => {
  expect(addDays('2028-02-28', 2)).toBe('2028-03-01')
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  expect(addMonths('2026-12-15', 1)).toBe('2027-01-15')
})

test('weeks begin where the locale says', () => {
  expect(firstDayOf('es-ES')).toBe(1)
  expect(firstDayOf('en-US')).toBe(7)
  expect(firstDayOf('not a tag')).toBe(1)
  expect(weekOf('2026-11-25', 1)).toBe('2026-11-23')
  expect(weekOf('2026-11-25', 7)).toBe('2026-11-22')
  expect(weekOf('2026-11-22', 7)).toBe('2026-11-22')
  expect(weekOf('2026-11-22', 1)).toBe('2026-11-16')
})

test('a month is whole weeks with every day of it', () => {
  for (const first of [1, 6, 7]) {
    for (const month of ['2026-02', '2026-11', '2027-01', '2028-02']) {
      const weeks = weeksOf(`${month}-10`, 'month', first)
      const days = weeks.flat()
      expect(weeks.every((week) => week.length === 7 && week.some((day) => day.startsWith(month)))).toBe(true)
      expect(new Set(days).size).toBe(days.length)
      const last = addDays(addMonths(`${month}-01`, 1), -1)
      expect(days).toContain(`${month}-01`)
      expect(days).toContain(last)
    }
  }
  expect(weeksOf('2026-11-25', 'week', 1)).toEqual([['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']])
})

test('keys lead from day to day', () => {
  const of = (key: string) => stepped('2026-11-25', key, 'month', 1)
  expect([of('ArrowLeft'), of('ArrowRight'), of('ArrowUp'), of('ArrowDown')]).toEqual(['2026-11-24', '2026-11-26', '2026-11-18', '2026-12-02'])
  expect([of('Home'), of('End'), of('PageUp'), of('PageDown'), of('x')]).toEqual(['2026-11-23', '2026-11-29', '2026-10-25', '2026-12-25', null])
  expect(stepped('2026-11-25', 'PageDown', 'week', 1)).toBe('2026-12-02')
})

test('entries lie on their days', () => {
  const days = byDay(['2026-11-25 a', '2026-11-26 b', '2026-11-25 c', ' none'], (entry) => entry.split(' ')[0])
  expect([...days]).toEqual([['2026-11-25', ['2026-11-25 a', '2026-11-25 c']], ['2026-11-26', ['2026-11-26 b']]])
})
