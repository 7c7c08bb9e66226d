/** What quotes and invoices share on the wire: parties, lines, taxes, totals and how they were computed. */
import { queryOptions } from '@tanstack/react-query'
import { looseApi as api, ok } from '@/api/client'
import { refresh, type Page } from '@/api/query'
import type { Money } from '@/lib/format'
import type { Option } from '@/ui/Select'

export type Ref = { id: string; name: string }

export type Tax = { category: string; rate: string; name: string; withheld?: boolean; exemption_code?: string | null }
/** Exactly one of the two. */
export type Discount = { percent: string } | { amount: string }

export type DocumentLine = {
  description: string
  details: string | null
  quantity: string
  unit: string | null
  unit_price: string
  discount: Discount | null
  taxes: Tax[]
}

export type LineTotal = { gross: Money; discount: Money; net: Money; allowance: Money; tax: Money; withheld: Money; with_tax: Money }
export type TaxSubtotal = { category: string; rate: string; name: string; withheld: boolean; exemption_codes: string[]; base: Money; tax: Money }
/** The figures of a document. Withheld taxes and discounts are positive figures that are subtracted. */
export type Totals = {
  norm: 'by_category' | 'by_line'
  lines: LineTotal[]
  breakdown: TaxSubtotal[]
  gross: Money
  discount: Money
  subtotal: Money
  allowance: Money
  net: Money
  tax: Money
  withheld: Money
  payable: Money
}

export type Figure = 'gross' | 'discount' | 'subtotal' | 'allowance' | 'net' | 'tax' | 'withheld' | 'payable'

/** One step of a calculation; lines count from zero, amounts are decimal strings in major units. */
export type Step =
  | { step: 'method'; norm: 'by_category' | 'by_line'; decimals: number; line_decimals: number; prices_include_tax: boolean }
  | { step: 'line_amount'; line: number; quantity: string; unit_price: string; amount: string }
  | { step: 'line_discount'; line: number; percent: string | null; amount: string }
  | { step: 'document_discount'; percent: string | null; amount: string }
  | { step: 'line_share'; line: number; amount: string }
  | { step: 'tax_included'; lines: number[]; rate: string; with_tax: string; base: string; tax: string }
  | { step: 'line_base'; line: number; amount: string }
  | { step: 'line_tax'; line: number; name: string; rate: string; withheld: boolean; base: string; amount: string }
  | { step: 'document_tax'; name: string; rate: string; withheld: boolean; base: string; exact: string; amount: string }
  | { step: 'total'; figure: Figure; amount: string }

export type Calculation = { currency: string; totals: Totals; steps: Step[] }

export type Priced = {
  currency: string
  prices_include_tax: boolean
  allowance: Discount | null
  /** Descriptions may be blank. */
  lines: DocumentLine[]
}

/** The figures of a document that is being written; nothing is kept. */
export const calculate = (body: Priced, signal: AbortSignal) => ok<Calculation>(api.POST('/api/v1/calculations', { body, signal }))

export type Preset = {
  key: string
  name_key: string
  tax: Tax
  region: string | null
  suggested: boolean
  valid_from: string
  valid_until: string | null
  source: string
}

/** The taxes the issuer's country has today, the suggested one first. */
export const presetsQuery = queryOptions({
  queryKey: ['tax_preset', 'list'],
  queryFn: () => ok<{ items: Preset[] }>(api.GET('/api/v1/tax-presets', {})),
  staleTime: 3_600_000,
})

export type Recipient = { name: string | null; address: string }
export type SendInput = { to: Recipient[]; cc: Recipient[]; message: string | null }

/** A party as it stood when the document was frozen. */
export type Party = { name: string; tax_id: string | null; country: string | null; address_lines: string[]; email: string | null; phone: string | null }

// Who a document is for

type Named = Ref & { email?: string | null; tax_id?: string | null }

const namedOptions = async (path: string, query: Record<string, string | number>, hint: (row: Named) => string | null | undefined): Promise<Option[]> => {
  const page = await ok<Page<Named>>(api.GET(path, { params: { query } }))
  return page.items.map((row) => {
    const about = hint(row)
    return { value: row.id, label: row.name, ...(about ? { hint: about } : {}) }
  })
}

const found = (q: string, more: Record<string, string | number> = {}) => ({ limit: 30, ...(q ? { q } : {}), ...more })

export const companyOptions = (q: string) => namedOptions('/api/v1/companies', found(q, { sort: 'name' }), (row) => row.tax_id)
export const contactOptions = (company: string | null) => (q: string) =>
  namedOptions('/api/v1/contacts', found(q, { sort: 'name', ...(company ? { company_id: company } : {}) }), (row) => row.email)
export const dealOptions = (company: string | null) => (q: string) =>
  namedOptions('/api/v1/deals', found(q, company ? { company_id: company } : {}), () => null)

export type Person = Ref & { email: string | null; language: string | null; company?: Ref | null }
export const personQuery = (id: string) =>
  queryOptions({ queryKey: ['contact', 'one', id], queryFn: () => ok<Person>(api.GET('/api/v1/contacts/{id}', { params: { path: { id } } })) })
export const firmQuery = (id: string) =>
  queryOptions({
    queryKey: ['company', 'one', id],
    queryFn: () => ok<Person & { currency: string | null }>(api.GET('/api/v1/companies/{id}', { params: { path: { id } } })),
  })
export type Opportunity = Ref & { company: Ref | null; contact: Ref | null }
export const opportunityQuery = (id: string) =>
  queryOptions({ queryKey: ['deal', 'one', id], queryFn: () => ok<Opportunity>(api.GET('/api/v1/deals/{id}', { params: { path: { id } } })) })

/** Everything on screen that a sales document may touch. */
export const refreshSales = () => refresh('quote', 'invoice', 'payment', 'deal', 'timeline', 'home')
