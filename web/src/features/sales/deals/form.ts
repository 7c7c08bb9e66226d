/** The form behind a deal's lines: its rules, and the way from and to the wire. */
import type { FieldPath, UseFormSetError } from 'react-hook-form'
import { z } from 'zod'
import { isNothing } from '@/lib/format'
import { toProblem } from '@/lib/problem'
import { optionalText } from '@/lib/schema'
import type { Priced } from '../document/api'
import type { DealLine, DealLines } from './api'

const line = z
  .object({
    name: optionalText(200),
    description: optionalText(3900),
    quantity: z.string(),
    unit: optionalText(20),
    unit_price: z.string(),
    discount_percent: z.string(),
    recurring: z.enum(['once', 'monthly', 'yearly']),
  })
  .superRefine((value, context) => {
    if (isBlank(value)) return
    for (const field of ['name', 'quantity', 'unit_price'] as const) {
      if (!value[field].trim()) context.addIssue({ code: 'custom', path: [field], message: 'field.required' })
    }
  })

export const schema = z.object({ lines: z.array(line), amount_from_lines: z.boolean() })

export type OfferForm = z.infer<typeof schema>
export type LineForm = OfferForm['lines'][number]

/** A line nobody has written in yet; it is left out when saving. */
export const isBlank = (value: Pick<LineForm, 'name' | 'description' | 'unit_price' | 'discount_percent'>): boolean =>
  !value.name.trim() && !value.description.trim() && !value.unit_price && !value.discount_percent

export const blankLine = (): LineForm => ({ name: '', description: '', quantity: '1', unit: '', unit_price: '', discount_percent: '', recurring: 'once' })

const lineForm = (value: DealLine): LineForm => ({
  name: value.name,
  description: value.description ?? '',
  quantity: value.quantity,
  unit: value.unit ?? '',
  unit_price: value.unit_price,
  discount_percent: value.discount_percent ?? '',
  recurring: value.recurring ?? 'once',
})

/** Lines that are written for the first time say what a deal without an amount is worth. */
export const offerForm = (offer: DealLines): OfferForm => ({
  lines: offer.lines.length > 0 ? offer.lines.map(lineForm) : [blankLine()],
  amount_from_lines: offer.amount_from_lines || (offer.version === 0 && isNothing(offer.amount)),
})

const lineInput = (value: LineForm): DealLine => ({
  name: value.name.trim(),
  description: value.description.trim() || null,
  quantity: value.quantity,
  unit: value.unit.trim() || null,
  unit_price: value.unit_price,
  discount_percent: value.discount_percent || null,
  recurring: value.recurring,
})

export const offerInput = (form: OfferForm) => ({
  lines: form.lines.filter((value) => !isBlank(value)).map(lineInput),
  amount_from_lines: form.amount_from_lines,
})

/** What the sums on screen are computed from. Every line keeps its place, so that figures find their row. */
export const priced = (lines: LineForm[], currency: string): Priced => ({
  currency,
  prices_include_tax: false,
  allowance: null,
  lines: lines.map((value) => ({
    description: '',
    details: null,
    quantity: value.quantity || '0',
    unit: null,
    unit_price: value.unit_price || '0',
    discount: value.discount_percent ? { percent: value.discount_percent } : null,
    taxes: [],
  })),
})

/** The field of the form that the server's `field` is about; blank lines were not sent, so it counts without them. */
export function fieldOf(field: string, lines: LineForm[]): FieldPath<OfferForm> | null {
  const row = /^lines\.(\d+)\.(\w+)/.exec(field)
  if (!row) return null
  const sent = lines.flatMap((value, index) => (isBlank(value) ? [] : [index]))
  const index = sent[Number(row[1])]
  if (index === undefined) return null
  const names = ['name', 'description', 'quantity', 'unit', 'unit_price', 'discount_percent'] as const
  return `lines.${index}.${names.find((name) => name === row[2]) ?? 'name'}`
}

/** Puts what the server refused beside its fields. Returns the error if something of it has no place there. */
export function showOfferErrors(error: unknown, form: OfferForm, setError: UseFormSetError<OfferForm>): unknown {
  const { fields } = toProblem(error)
  let placed = 0
  for (const problem of fields) {
    const path = fieldOf(problem.field, form.lines)
    if (!path) continue
    setError(path, { type: problem.code, message: problem.message }, { shouldFocus: placed === 0 })
    placed += 1
  }
  return placed > 0 && placed === fields.length ? null : error
}
