import { expect, test } from 'vitest'
import type { FilterField } from '../views/api'
import { byOf, isBoarded, onlyOf, partsOfAggregate, partsOfBy, toggled, within } from './by'

const field = (name: string, kind: FilterField['kind']): FilterField => ({ name, label: null, kind, ops: [], words: [], choices: [], target: null, groups: true, aggregates: [] })

test('days are grouped by a span, other fields by themselves', () => {
  expect(byOf(field('created_at', 'time'), 'week')).toBe('created_at:week')
  expect(byOf(field('city', 'text'), 'week')).toBe('city')
  expect(partsOfBy('created_at:week')).toEqual({ name: 'created_at', each: 'week' })
  expect(partsOfBy('created_at:decade')).toEqual({ name: 'created_at', each: 'month' })
  expect(partsOfBy(undefined)).toEqual({ name: undefined, each: 'month' })
})

test('aggregates are added and taken away', () => {
  expect(toggled(undefined, 'sum:amount')).toBe('sum:amount')
  expect(toggled('sum:amount', 'max:custom.price')).toBe('sum:amount,max:custom.price')
  expect(toggled('sum:amount', 'sum:amount')).toBeUndefined()
  expect(partsOfAggregate('max:custom.price')).toEqual({ op: 'max', name: 'custom.price' })
})

test('a group narrows the filter there is', () => {
  const city = { field: 'city', op: 'is', value: 'Lugo' }
  expect(within(null, city)).toEqual(city)
  expect(within({ field: 'tags', op: 'filled' }, city)).toEqual({ all: [{ all: [{ field: 'tags', op: 'filled' }] }, city] })
  expect(within({ any: [] }, city)).toEqual({ all: [{ any: [] }, city] })
})

test('boards stand by choices, but not by what becomes of a deal', () => {
  expect(isBoarded('lead', field('status', 'choice'))).toBe(true)
  expect(isBoarded('deal', field('state', 'choice'))).toBe(false)
  expect(isBoarded('contact', field('tags', 'tags'))).toBe(false)
})

test('of what may not be asked about, nothing is added up', () => {
  expect(onlyOf('sum:amount,max:custom.seats', [field('custom.seats', 'number')])).toBe('max:custom.seats')
  expect(onlyOf('sum:amount', [field('name', 'text')])).toBeUndefined()
  expect(onlyOf('sum:amount', undefined)).toBeUndefined()
})
