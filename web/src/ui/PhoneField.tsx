/**
 * A phone number with its country. Gives "+52 5512345678": country code and what was typed; the
 * server reads it with a real phone library and stores E.164. A number typed with + sets the country.
 */
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { nameOf } from '@/lib/format'
import { Field } from './Field'

type Country = { code: string; dial_code: string | null }

type Props = {
  label: string
  countries: Country[]
  /** The country to begin with. */
  country: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  hint?: ReactNode
  optional?: boolean
  labelHidden?: boolean | undefined
}

const plus = (code: string | null | undefined) => `+${(code ?? '').replace(/\D/g, '')}`

/** The country whose code begins `value`; the longest code wins, the preferred country settles ties (+1). */
function countryOf(value: string, countries: Country[], preferred: string): Country | undefined {
  const fits = countries.filter((one) => one.dial_code && value.startsWith(plus(one.dial_code)))
  const longest = Math.max(0, ...fits.map((one) => plus(one.dial_code).length))
  const best = fits.filter((one) => plus(one.dial_code).length === longest)
  return best.find((one) => one.code === preferred) ?? best[0]
}

export function PhoneField({ label, countries, country, value, onChange, error, hint, optional, labelHidden }: Props) {
  const { t } = useTranslation('ui')
  const [chosen, setChosen] = useState(() => countryOf(value, countries, country)?.code ?? country)
  const dial = plus(countries.find((one) => one.code === chosen)?.dial_code)
  const local = value.startsWith(dial) ? value.slice(dial.length).trim() : value
  const sorted = countries
    .filter((one) => one.dial_code)
    .map((one) => ({ code: one.code, text: `${nameOf('region', one.code)} (${plus(one.dial_code)})` }))
    .sort((a, b) => a.text.localeCompare(b.text))
  const type = (typed: string) => {
    const international = typed.replace(/^00/, '+').trim()
    if (international.startsWith('+')) {
      const found = countryOf(international, countries, chosen)
      if (found) setChosen(found.code)
      onChange(international)
    } else onChange(typed.trim() ? `${dial} ${typed}` : '')
  }
  return (
    <Field label={label} error={error} hint={hint} optional={optional ?? false} labelHidden={labelHidden ?? false}>
      {(wiring) => (
        <div className="flex gap-2">
          <div className="control relative flex w-24 shrink-0 items-center">
            <span aria-hidden className="tabular truncate">
              {chosen} {dial}
            </span>
            <select
              aria-label={t('phone.country')}
              value={chosen}
              onChange={(event) => {
                const next = countries.find((one) => one.code === event.target.value)
                setChosen(event.target.value)
                if (local) onChange(`${plus(next?.dial_code)} ${local.replace(/^\+/, '')}`)
              }}
              className="absolute inset-0 w-full cursor-pointer opacity-0"
            >
              {sorted.map((one) => (
                <option key={one.code} value={one.code}>
                  {one.text}
                </option>
              ))}
            </select>
          </div>
          <input {...wiring} type="tel" autoComplete="tel-national" value={local} onChange={(event) => type(event.target.value)} className="control tabular flex-1" />
        </div>
      )}
    </Field>
  )
}
