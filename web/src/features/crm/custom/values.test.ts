import { expect, test } from 'vitest'
import { changedValues } from './values'

test('only what differs is sent, and what was emptied is null', () => {
  expect(changedValues({ a: '1', b: 'x', c: ['c1'] }, { a: '1', b: '', c: [], d: 'new' })).toEqual({ b: null, c: null, d: 'new' })
})

test('a blank that was blank is not sent', () => {
  expect(changedValues({}, { a: '', b: null, c: [] })).toEqual({})
})

test('an amount is compared by what it says', () => {
  const amount = { amount: '1.00', currency: 'EUR' }
  expect(changedValues({ a: amount }, { a: { ...amount } })).toEqual({})
  expect(changedValues({ a: amount }, { a: { ...amount, currency: 'USD' } })).toEqual({ a: { amount: '1.00', currency: 'USD' } })
})
