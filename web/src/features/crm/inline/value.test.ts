import { expect, it } from 'vitest'
import type { Standing } from '../arrange/change'
import type { CustomField } from '../custom/api'
import { bodyOf, isMissing, shownWith, valueIn, type InlineField } from './value'

const field = (name: string, as: InlineField['as'], more: object = {}): InlineField => ({ name, as, field: { key: name, kind: 'text', required: false, ...more } as unknown as CustomField })
const row = { id: 'x', version: 1, name: 'Eva Prat', given_name: 'Eva', family_name: 'Prat', actions: ['update'], city: 'Lugo', tags: ['vip'], amount: { amount: '0', currency: 'JPY' }, owner: { id: 'mem_1', name: 'Nora' }, custom: { level: 'c1' }, custom_names: {} } as unknown as Standing
const nameOf = (id: string) => `name of ${id}`

it('sends one field, and null for what was emptied', () => {
  expect(bodyOf(field('city', 'plain'), ' Vigo ', row)).toEqual({ city: 'Vigo' })
  expect(bodyOf(field('city', 'plain'), ' ', row)).toEqual({ city: null })
  expect(bodyOf(field('owner_id', 'owner'), null, row)).toEqual({ owner_id: null })
  expect(bodyOf(field('tags', 'tags'), [], row)).toEqual({ tags: [] })
  expect(bodyOf(field('level', 'custom'), '', row)).toEqual({ custom: { level: null } })
  expect(bodyOf(field('name', 'names'), { given_name: 'Eva', family_name: '' }, row)).toEqual({ given_name: 'Eva', family_name: null })
})

it('takes an amount away as nothing in the currency of the deal', () => {
  expect(valueIn(row, field('amount', 'amount'))).toBeNull()
  expect(bodyOf(field('amount', 'amount'), null, row)).toEqual({ amount: { amount: '0', currency: 'JPY' } })
})

it('shows what will be there: people by name, a name of its parts, custom values beside the others', () => {
  expect(shownWith(row, field('owner_id', 'owner'), 'mem_2', nameOf).owner).toEqual({ id: 'mem_2', name: 'name of mem_2' })
  expect(shownWith(row, field('name', 'names'), { given_name: 'Ana', family_name: 'Prat' }, nameOf).name).toBe('Ana Prat')
  expect(shownWith(row, field('size', 'custom'), '3', nameOf).custom).toEqual({ level: 'c1', size: '3' })
})

it('goes back to where it was by its own value', () => {
  const city = field('city', 'plain')
  expect(shownWith(shownWith(row, city, 'Vigo', nameOf), city, valueIn(row, city), nameOf)).toEqual(row)
})

it('misses what must be filled in', () => {
  expect(isMissing(field('name', 'plain', { required: true }), '  ')).toBe(true)
  expect(isMissing(field('name', 'names', { required: true }), { given_name: ' ', family_name: '' })).toBe(true)
  expect(isMissing(field('city', 'plain'), '')).toBe(false)
})
