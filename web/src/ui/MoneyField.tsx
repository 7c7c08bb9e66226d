/**
 * Exact decimals typed by people. DecimalField gives a plain decimal string ("1234.5") or
 * null while the text cannot be read; MoneyField also fixes the fraction to the currency.
 * Neither goes through a float.
 */
import { useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { parseDecimal, withFraction } from '@/lib/decimal'
import { currencyDigits, decimal, decimalMark } from '@/lib/format'
import { TextField } from './TextField'

type Props = {
  label: string
  value: string
  /** The decimal string, or "" when emptied. Not called for text that cannot be read. */
  onChange: (value: string) => void
  onBlur?: () => void
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  labelHidden?: boolean
  disabled?: boolean
  className?: string
  suffix?: ReactNode
  /** Most fraction digits accepted. */
  digits?: number
  /** Pads to `digits` when left. */
  fixed?: boolean
  negative?: boolean
}

/** Without grouping, with the reader's mark: what one wants to edit. */
const editable = (value: string) => value.replace('.', decimalMark())

export function DecimalField({ value, onChange, onBlur, error, digits = 6, fixed, negative, ...rest }: Props) {
  const { t } = useTranslation('ui')
  const [draft, setDraft] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | undefined>()

  const read = (text: string): string | undefined => {
    if (!text.trim()) return accept('')
    const parsed = parseDecimal(text, decimalMark())
    if (parsed === null) return t('field.not_a_number')
    if (!negative && parsed.startsWith('-')) return t('field.not_negative')
    const padded = withFraction(parsed, digits)
    if (padded === null) return t('field.too_many_digits', { count: digits })
    return accept(fixed ? padded : parsed)
  }
  const accept = (next: string): undefined => {
    if (next !== value) onChange(next)
    return undefined
  }
  return (
    <TextField
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      inputClassName="tabular text-right"
      error={refused ?? error}
      value={draft ?? (value ? decimal(value) : '')}
      onFocus={(event) => {
        // At once, so that what is typed next replaces the text and does not land behind it.
        flushSync(() => setDraft(value ? editable(value) : ''))
        event.currentTarget.select()
      }}
      onChange={(event) => {
        setDraft(event.target.value)
        const problem = read(event.target.value)
        if (!problem) setRefused(undefined)
      }}
      onBlur={(event) => {
        const problem = read(event.target.value)
        setRefused(problem)
        if (!problem) setDraft(null)
        onBlur?.()
      }}
    />
  )
}

export function MoneyField({ currency, ...rest }: Omit<Props, 'digits' | 'fixed' | 'suffix'> & { currency: string }) {
  return <DecimalField {...rest} digits={currencyDigits(currency)} fixed suffix={<span className="text-sm">{currency}</span>} />
}
