import { expect, test } from 'vitest'
import { spanOf } from './period'

test('a period ends today', () => {
  expect(spanOf('days_30', '2026-03-01')).toEqual({ from: '2026-01-30', to: '2026-03-01' })
  expect(spanOf('days_365', '2026-03-01')).toEqual({ from: '2025-03-01', to: '2026-03-01' })
  expect(spanOf('month', '2026-11-24')).toEqual({ from: '2026-11-01', to: '2026-11-24' })
  expect(spanOf('quarter', '2026-11-24')).toEqual({ from: '2026-10-01', to: '2026-11-24' })
  expect(spanOf('quarter', '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-01-01' })
  expect(spanOf('year', '2026-11-24')).toEqual({ from: '2026-01-01', to: '2026-11-24' })
})
