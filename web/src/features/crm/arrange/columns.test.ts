import { expect, test } from 'vitest'
import type { FilterField } from '../views/api'
import type { Groups } from './api'
import { columnsOf } from './columns'

const field = (name: string, more: Partial<FilterField>): FilterField => ({ name, label: null, kind: 'choice', ops: [], words: [], choices: [], target: null, groups: true, aggregates: [], ...more })
const groups = (counts: [string | null, number][]): Groups => ({
  by: null,
  each: null,
  aggregates: [],
  more: false,
  total: { count: 0, values: [] },
  groups: counts.map(([key, count]) => ({ key, label: null, count, values: [], filter: {} })),
})

test('choices have their columns in their order, archived ones only while records have them', () => {
  const level = field('custom.level', {
    label: 'Level',
    choices: [
      { id: 'c001', label: 'Gold', archived: false },
      { id: 'c002', label: 'Old', archived: true },
      { id: 'c003', label: 'Gone', archived: true },
    ],
  })
  const columns = columnsOf('contact', level, groups([['c001', 2], ['c002', 1], [null, 4]]))
  expect(columns.map(({ key, label, count, takes }) => [key, label, count, takes])).toEqual([
    [null, null, 4, true],
    ['c001', 'Gold', 2, true],
    ['c002', 'Old', 1, false],
  ])
  expect(columns[0]?.filter).toEqual({ field: 'custom.level', op: 'empty' })
  expect(columnsOf('contact', level, undefined).map((column) => column.count)).toEqual([0, 0])
})

test('the status of a lead is on no card missing, and two of its words are not chosen', () => {
  const columns = columnsOf('lead', field('status', { words: ['new', 'converted'] }), groups([['new', 3]]))
  expect(columns.map(({ key, count, takes }) => [key, count, takes])).toEqual([
    ['new', 3, true],
    ['converted', 0, false],
  ])
})
