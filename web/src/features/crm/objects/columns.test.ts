import { expect, test } from 'vitest'
import type { OwnBoard } from './api'
import { moved, NO_CHOICE } from './columns'

const board = (columns: [string | null, string[]][]) =>
  ({ columns: columns.map(([choice, ids]) => ({ choice, label: choice, archived: false, next_cursor: null, items: ids.map((id) => ({ id })) })) }) as unknown as OwnBoard
const cards = (one: OwnBoard) => one.columns.map((column) => column.items.map((record) => record.id).join(''))

test('a card goes on top of its new column and is nowhere twice', () => {
  const before = board([[null, ['a']], ['c1', ['b', 'c']], ['c2', []]])
  expect(cards(moved(before, 'c', 'c2'))).toEqual(['a', 'b', 'c'])
  expect(cards(moved(before, 'b', NO_CHOICE))).toEqual(['ba', 'c', ''])
  expect(cards(moved(before, 'a', 'c1'))).toEqual(['', 'abc', ''])
})

test('what is not there stays where it is', () => {
  const before = board([[null, ['a']], ['c1', []]])
  expect(moved(before, 'z', 'c1')).toBe(before)
  expect(moved(before, 'a', 'c9')).toBe(before)
})
