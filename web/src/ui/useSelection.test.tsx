import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { useSelection } from './useSelection'

afterEach(cleanup)

const ROWS = ['a', 'b', 'c', 'd'].map((id) => ({ id }))

it('means by all that match those of the list that was seen, and of no other', () => {
  const { result, rerender } = renderHook(({ found }) => useSelection(found), { initialProps: { found: 'q=aurora' } })
  act(() => result.current.setEverything(true))
  expect(result.current.everything).toBe(true)
  rerender({ found: '' })
  expect(result.current.everything).toBe(false)
  act(() => result.current.setEverything(true))
  act(() => result.current.toggle(ROWS, 0, false))
  expect(result.current.everything).toBe(false)
})

it('selects a range from the last row with shift', () => {
  const { result } = renderHook(() => useSelection())
  act(() => result.current.toggle(ROWS, 0, false))
  act(() => result.current.toggle(ROWS, 2, true))
  expect(Object.keys(result.current.selection)).toEqual(['a', 'b', 'c'])
})
