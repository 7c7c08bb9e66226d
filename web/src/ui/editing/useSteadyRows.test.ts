import { act, cleanup, renderHook } from '@testing-library/react'
import type { FocusEvent } from 'react'
import { afterEach, expect, it } from 'vitest'
import { useSteadyRows } from './useSteadyRows'

afterEach(cleanup)

const rowsOf = (ids: string) => [...ids].map((id) => ({ id }))
const rowId = (row: { id: string }) => row.id

it('keeps the order while somebody is in a cell, and takes in what comes behind', () => {
  const table = document.createElement('table')
  table.innerHTML = '<tbody><tr><td data-cell="city" tabindex="-1"></td></tr></tbody>'
  const button = document.createElement('button')
  const { result, rerender } = renderHook(({ rows }) => useSteadyRows(rows, rowId), { initialProps: { rows: rowsOf('abc') } })
  const seen = () => result.current.rows.map(rowId).join('')
  rerender({ rows: rowsOf('bac') })
  expect(seen()).toBe('bac')
  act(() => result.current.onFocus({ target: table.querySelector('td') } as unknown as FocusEvent<HTMLElement>))
  rerender({ rows: rowsOf('cbda') })
  expect(seen()).toBe('bacd')
  act(() => result.current.onBlur({ currentTarget: table, relatedTarget: null } as unknown as FocusEvent<HTMLElement>))
  expect(seen()).toBe('bacd')
  act(() => result.current.onBlur({ currentTarget: table, relatedTarget: button } as unknown as FocusEvent<HTMLElement>))
  expect(seen()).toBe('cbda')
})
