import i18n from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { addressForm, addressInput, addressLines } from './address'

beforeAll(() => i18n.init({ lng: 'en', resources: {} }))

const base = { street: 'Calle Mayor 5\n2º B', city: 'Madrid', region: 'Madrid', postal_code: '28013', country: 'ES' }

describe('addressLines', () => {
  it('writes the code before the city where that is the custom', () => {
    expect(addressLines(base)).toEqual(['Calle Mayor 5', '2º B', '28013 Madrid, Madrid', 'Spain'])
  })

  it('writes it last elsewhere', () => {
    expect(addressLines({ ...base, city: 'Austin', region: 'TX', postal_code: '78701', country: 'US' })[2]).toBe('Austin, TX 78701')
  })

  it('leaves out what is not there', () => {
    expect(addressLines({ street: null, city: 'Madrid', region: null, postal_code: null, country: null })).toEqual(['Madrid'])
    expect(addressLines({ street: null, city: null, region: null, postal_code: null, country: null })).toEqual([])
  })
})

it('comes back from a form as it went in', () => {
  expect(addressInput(addressForm(base))).toEqual(base)
  expect(Object.values(addressInput(addressForm(undefined)))).toEqual([null, null, null, null, null])
})
