/** An address as people of its country write it, and as forms hold it. */
import { nameOf } from '@/lib/format'
import type { Address } from './api'

/** Countries that write the postal code before the city. */
const CODE_FIRST = /^(ES|FR|DE|IT|PT|NL|BE|AT|CH|SE|NO|DK|FI|PL|CZ|MX|AR|PE|EC|CR)$/

/** One line a row, empty ones left out. */
export function addressLines({ street, city, region, postal_code, country }: Address): string[] {
  const join = (...parts: (string | null)[]) => parts.filter(Boolean).join(' ')
  const place = CODE_FIRST.test(country ?? '')
    ? [join(postal_code, city), region].filter(Boolean).join(', ')
    : [city, join(region, postal_code)].filter(Boolean).join(', ')
  return [...(street?.split('\n') ?? []), place, country ? nameOf('region', country) : ''].filter((line) => line.trim())
}

export type AddressForm = { street: string; city: string; region: string; postal_code: string; country: string }

export const addressForm = (address: Address | undefined, country = ''): AddressForm => ({
  street: address?.street ?? '',
  city: address?.city ?? '',
  region: address?.region ?? '',
  postal_code: address?.postal_code ?? '',
  country: address?.country ?? country,
})

/** Empty text is no value on the wire. */
export const orNull = (text: string): string | null => text.trim() || null

export const addressInput = (form: AddressForm): Address => ({
  street: orNull(form.street),
  city: orNull(form.city),
  region: orNull(form.region),
  postal_code: orNull(form.postal_code),
  country: orNull(form.country),
})
