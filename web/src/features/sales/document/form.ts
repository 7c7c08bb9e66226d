/** The form behind the quote and invoice editors: its shape, its rules, and the way from and to the wire. */
import type { FieldPath, UseFormSetError } from 'react-hook-form'
import { z } from 'zod'
import { today } from '@/lib/format'
import { LANGUAGES, type Language } from '@/lib/i18n'
import { toProblem } from '@/lib/problem'
import { optionalText, required } from '@/lib/schema'
import type { Discount, DocumentLine, Priced, Ref, Tax } from './api'

export type Kind = 'quote' | 'invoice'
/** An invoice that corrects another. */
export type NoteKind = 'credit_note' | 'debit_note'

const ref = z.object({ id: z.string(), name: z.string() }).nullable()
const tax = z.object({
  category: z.string(),
  rate: z.string(),
  name: z.string(),
  withheld: z.boolean().nullish(),
  exemption_code: z.string().nullish(),
})
const discountKind = z.enum(['percent', 'amount'])

const line = z
  .object({
    description: optionalText(1000),
    details: optionalText(4000),
    quantity: z.string(),
    unit: optionalText(20),
    unit_price: z.string(),
    discount_kind: discountKind,
    discount: z.string(),
    taxes: z.array(tax),
  })
  .superRefine((value, context) => {
    if (isBlank(value)) return
    if (!value.description.trim()) context.addIssue({ code: 'custom', path: ['description'], message: 'field.required' })
    if (!value.quantity) context.addIssue({ code: 'custom', path: ['quantity'], message: 'field.required' })
    if (!value.unit_price) context.addIssue({ code: 'custom', path: ['unit_price'], message: 'field.required' })
  })

export const schemaOf = (kind: Kind) =>
  z.object({
    title: kind === 'quote' ? required(200) : optionalText(200),
    company: ref,
    contact: ref,
    deal: ref,
    language: z.enum(LANGUAGES),
    currency: required(3),
    valid_until: z.string(),
    payment_days: z.string().regex(/^\d{1,3}$/, 'field.required'),
    reference: optionalText(120),
    prices_include_tax: z.boolean(),
    allowance_kind: discountKind,
    allowance: z.string(),
    lines: z.array(line),
    notes: optionalText(10_000),
    terms: optionalText(10_000),
  })

export type DocumentForm = z.infer<ReturnType<typeof schemaOf>>
export type LineForm = DocumentForm['lines'][number]

/** A line nobody has written in yet; it is left out when saving. */
export function isBlank(value: Pick<LineForm, 'description' | 'details' | 'unit_price' | 'discount'>): boolean {
  return !value.description.trim() && !value.details.trim() && !value.unit_price && !value.discount
}

export const blankLine = (taxes: Tax[]): LineForm => ({
  description: '',
  details: '',
  quantity: '1',
  unit: '',
  unit_price: '',
  discount_kind: 'percent',
  discount: '',
  taxes,
})

function fromDiscount(discount: Discount | null | undefined): { kind: 'percent' | 'amount'; value: string } {
  return discount?.amount ? { kind: 'amount', value: discount.amount } : { kind: 'percent', value: discount?.percent ?? '' }
}

function toDiscount(kind: 'percent' | 'amount', value: string): Discount | null {
  if (!value || /^0*(\.0*)?$/.test(value)) return null
  return kind === 'percent' ? { percent: value } : { amount: value }
}

export function lineForm(value: DocumentLine): LineForm {
  const discount = fromDiscount(value.discount)
  return {
    description: value.description ?? '',
    details: value.details ?? '',
    quantity: value.quantity,
    unit: value.unit ?? '',
    unit_price: value.unit_price,
    discount_kind: discount.kind,
    discount: discount.value,
    taxes: value.taxes ?? [],
  }
}

type Written = {
  company: Ref | null
  contact: Ref | null
  deal: Ref | null
  language: Language
  currency: string
  prices_include_tax: boolean
  allowance: Discount | null
  lines: DocumentLine[]
  notes: string | null
  reference: string | null
  title?: string
  terms?: string | null
  valid_until?: string
  payment_days?: number
}

/** The form of a document as it was saved. */
export function documentForm(value: Written): DocumentForm {
  const allowance = fromDiscount(value.allowance)
  return {
    title: value.title ?? '',
    company: value.company,
    contact: value.contact,
    deal: value.deal,
    language: value.language,
    currency: value.currency,
    valid_until: value.valid_until ?? '',
    payment_days: String(value.payment_days ?? 30),
    reference: value.reference ?? '',
    prices_include_tax: value.prices_include_tax,
    allowance_kind: allowance.kind,
    allowance: allowance.value,
    lines: value.lines.map(lineForm),
    notes: value.notes ?? '',
    terms: value.terms ?? '',
  }
}

function lineInput(value: LineForm): DocumentLine {
  return {
    description: value.description.trim(),
    details: value.details.trim() || null,
    quantity: value.quantity,
    unit: value.unit.trim() || null,
    unit_price: value.unit_price,
    discount: toDiscount(value.discount_kind, value.discount),
    taxes: value.taxes,
  }
}

/** What quotes and invoices send alike. Blank lines are left out. */
export function documentInput(form: DocumentForm) {
  return {
    company_id: form.company?.id ?? null,
    contact_id: form.contact?.id ?? null,
    language: form.language,
    currency: form.currency,
    prices_include_tax: form.prices_include_tax,
    allowance: toDiscount(form.allowance_kind, form.allowance),
    lines: form.lines.filter((value) => !isBlank(value)).map(lineInput),
    notes: form.notes.trim() || null,
    reference: form.reference.trim() || null,
  }
}

/** What the totals of the form are computed from. Every line keeps its place, so that figures find their row. */
export function pricedInput(form: Pick<DocumentForm, 'currency' | 'prices_include_tax' | 'allowance_kind' | 'allowance' | 'lines'>): Priced {
  return {
    currency: form.currency,
    prices_include_tax: form.prices_include_tax,
    allowance: toDiscount(form.allowance_kind, form.allowance),
    lines: form.lines.map((value) => ({
      description: '',
      details: null,
      quantity: value.quantity || '0',
      unit: null,
      unit_price: value.unit_price || '0',
      discount: toDiscount(value.discount_kind, value.discount),
      taxes: value.taxes,
    })),
  }
}

/** The calendar day `days` after today in the workspace's time zone. */
export function inDays(days: number, from = today()): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

const RENAMED: Record<string, string> = { company_id: 'company', contact_id: 'contact', deal_id: 'deal' }
const PLAIN = ['title', 'company', 'contact', 'deal', 'language', 'currency', 'valid_until', 'payment_days', 'reference', 'notes', 'terms', 'allowance']

/**
 * The field of the form that the server's `field` is about ("lines.2.taxes.0.rate" is shown at
 * the taxes of the third written line), or null if the form has none.
 */
export function fieldOf(field: string, lines: LineForm[]): FieldPath<DocumentForm> | null {
  const path = field.replace(/\[(\d+)\]/g, '.$1')
  const row = /^lines\.(\d+)(?:\.(\w+))?/.exec(path)
  if (row) {
    // Blank lines were not sent, so the server counts without them.
    const sent = lines.flatMap((value, index) => (isBlank(value) ? [] : [index]))
    const index = sent[Number(row[1])]
    if (index === undefined) return null
    const names = ['description', 'details', 'quantity', 'unit', 'unit_price', 'discount', 'taxes'] as const
    return `lines.${index}.${names.find((name) => name === row[2]) ?? 'description'}`
  }
  const head = path.split('.')[0] ?? ''
  const name = RENAMED[head] ?? head
  return PLAIN.includes(name) ? (name as FieldPath<DocumentForm>) : null
}

/** Puts what the server refused beside its fields. Returns the error if something of it has no place there. */
export function showDocumentErrors(error: unknown, form: DocumentForm, setError: UseFormSetError<DocumentForm>): unknown {
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
