import { describe, expect, it, vi } from 'vitest'
import type { Board, Column, Deal } from '../api'
import { asFarAs, withMore } from './board'

const deal = (id: string) => ({ id }) as Deal
const column = (id: string, ids: string[], next_cursor: string | null) => ({ stage: { id }, count: 9, totals: [], items: ids.map(deal), next_cursor }) as unknown as Column
const board = (...stages: Column[]) => ({ stages }) as unknown as Board
const ids = (one: Board, at = 0) => one.stages[at]?.items.map((card) => card.id)

describe('the cards of a board', () => {
  it('a further page goes to its column alone, and no card stands there twice', () => {
    const longer = withMore(board(column('s', ['a', 'b'], 'x'), column('t', ['c'], 'y')), 's', { items: [deal('b'), deal('d')], next_cursor: null })
    expect([ids(longer), ids(longer, 1)]).toEqual([['a', 'b', 'd'], ['c']])
    expect(longer.stages.map((one) => one.next_cursor)).toEqual([null, 'y'])
  })
  it('read again, a column is as long as it was, and no longer', async () => {
    const more = vi.fn((_: string, cursor: string) => Promise.resolve({ items: [deal(`${cursor}1`), deal(`${cursor}2`)], next_cursor: `${cursor}n` }))
    const read = await asFarAs(board(column('s', ['a'], 'x'), column('t', ['c'], 'y')), board(column('s', ['a', '1', '2', '3'], 'q'), column('t', ['c'], 'y')), more)
    expect(ids(read)).toEqual(['a', 'x1', 'x2', 'xn1', 'xn2'])
    expect(more.mock.calls.map(([stage]) => stage)).toEqual(['s', 's'])
  })
  it('a column that has become shorter ends where it ends', async () => {
    const read = await asFarAs(board(column('s', ['a'], null)), board(column('s', ['a', 'b', 'c'], null)), vi.fn())
    expect(ids(read)).toEqual(['a'])
  })
})
