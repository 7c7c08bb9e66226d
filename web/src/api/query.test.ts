import { expect, it } from 'vitest'
import { ApiError, problemOf } from '@/lib/problem'
import { isLost } from './query'

it('what is known gives way when it is gone, not when it only could not be read anew', () => {
  const lost = (status: number) => isLost({ error: new ApiError(problemOf(status, {}, new Headers())) })
  expect([404, 403, 429, 503].map(lost)).toEqual([true, true, false, false])
  expect(isLost({ error: null })).toBe(false)
})
