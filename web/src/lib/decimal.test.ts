import { describe, expect, it } from 'vitest'
import { addDecimals, compareDecimals, parseDecimal, withFraction } from './decimal'

describe('parseDecimal', () => {
  it.each([
    ['1234.5', '.', '1234.5'],
    ['1,234.50', '.', '1234.50'],
    ['1.234,50', '.', '1234.50'],
    ['1.234,50', ',', '1234.50'],
    ['1.234', ',', '1234'],
    ['1.234', '.', '1.234'],
    ['12.5', ',', '12.5'],
    ['1 234,5', ',', '1234.5'],
    ["1'234.50", '.', '1234.50'],
    ['-0,00', ',', '0.00'],
    ['−5', '.', '-5'],
    ['007', '.', '7'],
    [',5', ',', '0.5'],
  ] as const)('reads %s with mark %s as %s', (input, mark, expected) => {
    expect(parseDecimal(input, mark)).toBe(expected)
  })

  it.each(['', 'abc', '1.2.3', '12,34.5', '1,2,3', '--1', '.', '1e5', '5-'])('refuses %j', (input) => {
    expect(parseDecimal(input, '.')).toBeNull()
  })
})

describe('exact arithmetic', () => {
  it('adds what floats cannot', () => {
    expect(addDecimals(['0.1', '0.2'])).toBe('0.3')
    expect(addDecimals(['9007199254740993.01', '0.99'])).toBe('9007199254740994.00')
    expect(addDecimals(['-5.00', '4.99'])).toBe('-0.01')
    expect(addDecimals([])).toBe('0')
  })

  it('compares across scales and signs', () => {
    expect(compareDecimals('10', '9.99')).toBe(1)
    expect(compareDecimals('-1', '0.5')).toBe(-1)
    expect(compareDecimals('2.50', '2.5')).toBe(0)
  })

  it('pads to the currency and refuses what it cannot hold', () => {
    expect(withFraction('5', 2)).toBe('5.00')
    expect(withFraction('5.100', 2)).toBe('5.10')
    expect(withFraction('5.123', 2)).toBeNull()
    expect(withFraction('5.0', 0)).toBe('5')
  })
})
