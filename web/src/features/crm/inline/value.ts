/** A value of a record as a cell's editor has it, as the server takes it, and as the list shows it before the server has answered. */
import { withFraction } from '@/lib/decimal'
import { currencyDigits, type SeenMoney } from '@/lib/format'
import { hasAmount, type Deal } from '../api'
import { orNull } from '../address'
import type { Standing } from '../arrange/change'
import type { Custom, CustomField } from '../custom/api'

export type InlineField = {
  /** The name in the body of a change, by which the server also refuses it. */
  name: string
  /** How it is asked for: custom fields as in their forms; `tags` words, `names` a first and a last name. */
  as: 'custom' | 'plain' | 'owner' | 'amount' | 'tags' | 'names'
  field: CustomField
  /** Whether this one may be changed, where a right to change the record does not say it all. */
  may?: (row: Standing) => boolean
}

export type Names = { given_name: string; family_name: string }
type Person = { [name in keyof Names]: string | null }

const isBlank = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
const tidy = (value: unknown) => (typeof value === 'string' ? value.trim() : value)

/** What the editor begins with. */
export function valueIn(row: Standing, { as, name, field }: InlineField): unknown {
  switch (as) {
    case 'custom':
      return row.custom?.[field.key] ?? ''
    case 'owner':
      return row.owner?.id ?? null
    case 'amount':
      return hasAmount(row as unknown as Deal) ? (row as unknown as Deal).amount : null
    case 'names': {
      const { given_name, family_name } = row as unknown as Person
      return { given_name: given_name ?? '', family_name: family_name ?? '' }
    }
    default:
      return (row as unknown as Record<string, unknown>)[name] ?? (as === 'tags' ? [] : '')
  }
}

/** The body of the change: one field, emptied by null. */
export function bodyOf({ as, name, field }: InlineField, value: unknown, row: Standing): Custom {
  const set = isBlank(tidy(value)) ? null : tidy(value)
  switch (as) {
    case 'custom':
      return { custom: { [field.key]: set } }
    case 'names': {
      const { given_name, family_name } = value as Names
      return { given_name: orNull(given_name), family_name: orNull(family_name) }
    }
    case 'amount':
      return { amount: set ?? nothing((row as unknown as Deal).amount.currency) }
    case 'tags':
      return { tags: set ?? [] }
    default:
      return { [name]: set }
  }
}

/** A deal without an amount is worth nothing, in a currency. */
const nothing = (currency: string): SeenMoney => ({ amount: withFraction('0', currencyDigits(currency)) ?? '0', currency })

/** The record with the value in it; `nameOf` names a member by id. */
export function shownWith(row: Standing, field: InlineField, value: unknown, nameOf: (id: string) => string): Standing {
  const body = bodyOf(field, value, row)
  switch (field.as) {
    case 'custom': {
      const person = field.field.kind === 'person' && typeof value === 'string' && value
      const named = person ? { custom_names: { [person]: nameOf(person), ...(row as { custom_names?: Record<string, string> }).custom_names } } : {}
      return { ...row, ...named, custom: { ...row.custom, ...(body.custom as Custom) } }
    }
    case 'owner':
      return { ...row, ...body, owner: typeof value === 'string' && value ? { id: value, name: nameOf(value) } : null }
    case 'names':
      return { ...row, ...body, name: [body.given_name, body.family_name].filter(Boolean).join(' ') || row.name }
    default:
      return { ...row, ...body }
  }
}

/** Whether a field that must be filled in is not. */
export const isMissing = ({ as, field }: InlineField, value: unknown): boolean =>
  field.required && (as === 'names' ? !Object.values(value as Names).some((part) => part.trim()) : isBlank(tidy(value)))
