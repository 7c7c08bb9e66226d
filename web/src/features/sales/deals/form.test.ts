import { describe, expect, it } from 'vitest'
import { blankLine, fieldOf, offerForm, offerInput, priced, schema } from './form'
import type { DealLines } from './api'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const offer = (change: Partial<DealLines>): DealLines => ({
  deal_id: 'dea_1',
  version: 0,
  currency: 'EUR',
  lines: [],
  amounts: [],
  gross: eur('0.00'),
  discount: eur('0.00'),
  total: eur('0.00'),
  once: eur('0.00'),
  monthly: eur('0.00'),
  yearly: eur('0.00'),
  amount_from_lines: false,
  amount: eur('0.00'),
  difference: eur('0.00'),
  actions: [],
  ...change,
})

describe('lines of a deal', () => {
  it('a first line may say what a deal without an amount is worth, and never overwrites one that was written', () => {
    expect(offerForm(offer({})).amount_from_lines).toBe(true)
    expect(offerForm(offer({ amount: eur('10.00') })).amount_from_lines).toBe(false)
    expect(offerForm(offer({ amount: { amount: null, currency: 'EUR' } })).amount_from_lines).toBe(false)
    expect(offerForm(offer({ version: 3 })).amount_from_lines).toBe(false)
  })
  it('blank lines are neither checked nor sent', () => {
    const form = { lines: [blankLine(), { ...blankLine(), name: 'Pads', unit_price: '5' }], amount_from_lines: true }
    expect(schema.safeParse(form).success).toBe(true)
    expect(offerInput(form).lines).toEqual([{ name: 'Pads', description: null, quantity: '1', unit: null, unit_price: '5', discount_percent: null, recurring: 'once' }])
    expect(schema.safeParse({ ...form, lines: [{ ...blankLine(), name: 'Pads' }] }).success).toBe(false)
  })
  it('what the server refuses is found beside its field, counted without blank lines', () => {
    const lines = [blankLine(), { ...blankLine(), name: 'Pads', unit_price: '5' }]
    expect(fieldOf('lines.0.discount_percent', lines)).toBe('lines.1.discount_percent')
    expect(fieldOf('lines.7.name', lines)).toBeNull()
    expect(fieldOf('amount', lines)).toBeNull()
  })
  it('sums are computed of every line in its place', () => {
    const sent = priced([blankLine(), { ...blankLine(), unit_price: '5', discount_percent: '10' }], 'EUR')
    expect(sent.lines.map((line) => [line.unit_price, line.discount])).toEqual([
      ['0', null],
      ['5', { percent: '10' }],
    ])
  })
})
