import i18n from 'i18next'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ago, bytes, currencyDigits, date, dateTime, decimal, decimalMark, isNothing, isSeen, money, moneyShort, setRegion } from './format'

beforeAll(() => i18n.init({ lng: 'en', resources: { en: { ui: { amount: { hidden: 'Amount hidden' } } } } }))
afterEach(async () => {
  setRegion(undefined, undefined)
  await i18n.changeLanguage('en')
})

/** Intl puts different kinds of spaces; a reader does not see which. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('money', () => {
  it('keeps every digit that a float would lose', () => {
    expect(money({ amount: '90071992547409931.01', currency: 'EUR' })).toBe('€90,071,992,547,409,931.01')
    expect(money({ amount: '0.30', currency: 'USD' })).toBe('$0.30')
  })

  it('writes as the language and the country write', async () => {
    await i18n.changeLanguage('es')
    setRegion('MX', undefined)
    expect(plain(money({ amount: '1234.50', currency: 'MXN' }))).toBe('$1,234.50')
    expect(decimalMark()).toBe('.')
    setRegion('ES', undefined)
    expect(plain(money({ amount: '12345.50', currency: 'EUR' }))).toBe('12.345,50 €')
    expect(plain(money({ amount: '2501.00', currency: 'EUR' }))).toBe('2.501,00 €')
    expect(decimalMark()).toBe(',')
  })

  it('writes English in Spain as English', () => {
    setRegion('ES', undefined)
    expect(money({ amount: '1234.50', currency: 'EUR' })).toBe('€1,234.50')
    expect(decimalMark()).toBe('.')
  })

  it('knows currencies without cents', () => {
    expect(currencyDigits('JPY')).toBe(0)
    expect(currencyDigits('EUR')).toBe(2)
    expect(money({ amount: '1500', currency: 'JPY' })).toBe('¥1,500')
  })

  it('shows nothing for nothing', () => {
    expect(money(null)).toBe('')
  })
})

describe('a hidden amount', () => {
  const hidden = { amount: null, currency: 'EUR' }

  it('is said to be hidden, never written as a number', () => {
    for (const value of [hidden, { currency: 'EUR' }]) {
      expect(money(value)).toBe('Amount hidden')
      expect(money(value, { whole: true })).toBe('Amount hidden')
      expect(moneyShort(value)).toBe('Amount hidden')
    }
  })

  it('is neither seen nor nothing', () => {
    expect(isSeen(hidden)).toBe(false)
    expect(isNothing(hidden)).toBe(false)
    expect(isSeen({ amount: '0.00', currency: 'EUR' })).toBe(true)
    expect(['0', '0.00', '-0.00'].map((amount) => isNothing({ amount, currency: 'EUR' }))).toEqual([true, true, true])
    expect(isNothing({ amount: '0.01', currency: 'EUR' })).toBe(false)
  })
})

describe('dates', () => {
  it('never moves a calendar date over a time zone', () => {
    setRegion('US', 'America/Los_Angeles')
    expect(date('2026-11-23')).toBe('Nov 23, 2026')
  })

  it('shows instants in the time zone of the workspace', () => {
    setRegion('US', 'America/Los_Angeles')
    expect(plain(dateTime('2026-11-23T02:00:00Z'))).toBe('Nov 22, 2026, 6:00 PM')
  })

  it('survives a time zone the browser does not know', () => {
    setRegion('US', 'Mars/Olympus')
    expect(dateTime('2026-11-23T12:00:00Z')).toContain('2026')
  })

  it('says how long ago', () => {
    const now = Date.parse('2026-11-23T12:00:00Z')
    expect(ago('2026-11-23T09:00:00Z', now)).toBe('3 hours ago')
    expect(ago('2026-11-22T12:00:00Z', now)).toBe('yesterday')
    expect(ago('2026-11-23T11:59:50Z', now)).toBe('now')
  })
})

it('groups decimals and keeps their digits', () => {
  expect(decimal('12345.6700')).toBe('12,345.6700')
})

it('names sizes', () => {
  expect(bytes(0)).toBe('0 bytes')
  expect(bytes(12_400_000)).toBe('12.4 MB')
})
