import { describe, expect, it } from 'vitest'
import type { Board, Deal } from '../api'
import { arranged, columnOf, layoutOf, place } from './layout'

const layout = { s1: ['a', 'b', 'c'], s2: ['d'], s3: [] }

describe('place', () => {
  it('moves within a column, down and up', () => {
    expect(place(layout, 'a', 'c').s1).toEqual(['b', 'c', 'a'])
    expect(place(layout, 'c', 'a').s1).toEqual(['c', 'a', 'b'])
  })

  it('moves before a card of another column', () => {
    expect(place(layout, 'b', 'd')).toEqual({ s1: ['a', 'c'], s2: ['b', 'd'], s3: [] })
  })

  it('moves into an empty column', () => {
    expect(place(layout, 'b', 's3')).toEqual({ s1: ['a', 'c'], s2: ['d'], s3: ['b'] })
  })

  it('changes nothing for itself or for what is not on the board', () => {
    expect(place(layout, 'a', 'a')).toBe(layout)
    expect(place(layout, 'a', 'nowhere')).toBe(layout)
    expect(place(layout, 'nobody', 'a')).toBe(layout)
  })
})

it('finds the column of a card or of itself', () => {
  expect(columnOf(layout, 'd')).toBe('s2')
  expect(columnOf(layout, 's3')).toBe('s3')
  expect(columnOf(layout, 'zz')).toBeUndefined()
})

it('arranges the board and keeps counts of cards beyond the loaded ones', () => {
  const deal = (id: string, stage: string) => ({ id, stage: { id: stage, name: stage } }) as Deal
  const column = (id: string, deals: Deal[], count: number) => ({ stage: { id, version: 1, pipeline_id: 'p', name: id, position: 0, probability: 10, rots_after_days: null, actions: [] }, count, totals: [], items: deals, next_cursor: null })
  const board: Board = { pipeline: { id: 'p', name: 'p' }, stages: [column('s1', [deal('a', 's1'), deal('b', 's1')], 12), column('s2', [], 0)] }
  const next = arranged(board, place(layoutOf(board), 'a', 's2'))
  expect(next.stages[0]?.count).toBe(11)
  expect(next.stages[1]?.count).toBe(1)
  expect(next.stages[1]?.items[0]?.stage.id).toBe('s2')
})

it('cards that were read on while one is carried stand behind the others', () => {
  const deal = (id: string) => ({ id, stage: { id: 's1', name: 's1' } }) as Deal
  const board = { stages: [{ stage: { id: 's1', name: 's1' }, count: 9, items: [deal('a'), deal('b'), deal('late')] }] } as unknown as Board
  expect(arranged(board, { s1: ['b', 'a'] }).stages[0]?.items.map((one) => one.id)).toEqual(['b', 'a', 'late'])
})
