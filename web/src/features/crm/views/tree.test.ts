import { expect, test } from 'vitest'
import type { FilterField } from './api'
import { count, editable, fresh, isTree, isWhole, offered, pruned, withBar, withOp, type Tree } from './tree'

const city: FilterField = { name: 'city', label: null, kind: 'text', ops: ['contains', 'is', 'any_of', 'empty'], words: [], choices: [], target: null, groups: true, aggregates: [] }
const leaf: Tree = { field: 'city', op: 'is', value: 'Lugo' }

test('conditions are counted through groups', () => {
  expect(count(null)).toBe(0)
  expect(count({ all: [leaf, { any: [leaf, { not: leaf }] }] })).toBe(3)
})

test('a single condition is edited as a group, and empty groups are left out', () => {
  expect(editable(leaf)).toEqual({ all: [leaf] })
  expect(pruned({ all: [{ any: [] }, { all: [{ any: [] }] }] })).toBeNull()
  expect(pruned({ all: [leaf, { any: [] }] })).toEqual({ all: [leaf] })
})

test('an operator brings the value it needs and keeps one that fits', () => {
  expect(offered(city)).toEqual(['contains', 'is', 'empty'])
  expect(fresh(city)).toEqual({ field: 'city', op: 'contains', value: '' })
  expect(withOp({ field: 'city', op: 'is', value: 'Lugo' }, 'contains')).toEqual({ field: 'city', op: 'contains', value: 'Lugo' })
  expect(withOp({ field: 'city', op: 'is', value: 'Lugo' }, 'empty')).toEqual({ field: 'city', op: 'empty' })
  expect(withOp({ field: 'created_at', op: 'on', value: '2026-01-01' }, 'last_days')).toEqual({ field: 'created_at', op: 'last_days', value: 30 })
})

test('a filter is whole when every value is filled in', () => {
  expect(isWhole({ all: [leaf, { field: 'city', op: 'empty' }] })).toBe(true)
  for (const value of ['', null, undefined]) expect(isWhole({ all: [{ field: 'city', op: 'is', value }] })).toBe(false)
  expect(isWhole({ field: 'spent', op: 'between', value: ['1', ''] })).toBe(false)
  expect(isWhole({ field: 'tags', op: 'any_of', value: [] })).toBe(false)
})

test('a view keeps what the bar above the list says', () => {
  expect(withBar(leaf, {}, 'mem_1')).toBe(leaf)
  expect(withBar(null, {}, 'mem_1')).toBeNull()
  expect(withBar(null, { owner: 'mem_1', state: 'open' }, 'mem_1')).toEqual({ all: [{ field: 'owner_id', op: 'is', value: 'me' }, { field: 'state', op: 'is', value: 'open' }] })
  const choice: Tree = { field: 'custom.level', op: 'any_of', value: ['c001'] }
  expect(withBar({ all: [leaf] }, { choice: 'level:c001' }, 'mem_1')).toEqual({ all: [leaf, choice] })
  expect(withBar({ any: [leaf] }, { choice: 'level:c001' }, 'mem_1')).toEqual({ all: [{ any: [leaf] }, choice] })
})

test('an address that holds no filter is told from one that does', () => {
  for (const tree of [leaf, { all: [] }, { any: [leaf, { not: { all: [leaf] } }] }]) expect(isTree(tree)).toBe(true)
  for (const junk of [null, 3, 'all', [], [leaf], {}, { all: 3 }, { all: ['x'] }, { any: [leaf, null] }, { not: 3 }, { field: 'city' }]) expect(isTree(junk)).toBe(false)
})
