/** What quotes and invoices share on the wire: parties, lines, taxes, totals and how they were computed. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'
import type { Option } from '@/ui/Select'

export type Ref = { id: string; name: string }

export type Tax = Schema<'Tax'>
/** Exactly one of the two. */
export type Discount = Schema<'Discount'>
export type DocumentLine = Schema<'DocumentLine'>
/** The figures of a document. Withheld taxes and discounts are positive figures that are subtracted. */
export type Totals = Schema<'TotalsView'>

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

/** The steps are described in the API as one shape with every field; here each kind has its own. */
export type Calculation = Omit<Schema<'Calculation'>, 'steps'> & { steps: Step[] }

export type Priced = Schema<'NewCalculation'>

/** The figures of a document that is being written; nothing is kept. */
export const calculate = async (body: Priced, signal: AbortSignal) => (await ok(api.POST('/api/v1/calculations', { body, signal }))) as Calculation

export type Preset = Schema<'TaxPresetView'>

/** The taxes the issuer's country has today, the suggested one first. */
export const presetsQuery = queryOptions({
  queryKey: ['tax_preset', 'list'],
  queryFn: () => ok(api.GET('/api/v1/tax-presets', {})),
  staleTime: 3_600_000,
})

export type Recipient = Schema<'Recipient'>
export type SendInput = { to: Recipient[]; cc: Recipient[]; message: string | null }

// Who a document is for

const found = (q: string) => ({ limit: 30, ...(q ? { q } : {}) })
const options = <T extends Ref>(rows: T[], hint: (row: T) => string | null): Option[] =>
  rows.map((row) => {
    const about = hint(row)
    return { value: row.id, label: row.name, ...(about ? { hint: about } : {}) }
  })

export const companyOptions = async (q: string) =>
  options((await ok(api.GET('/api/v1/companies', { params: { query: { ...found(q), sort: 'name' } } }))).items, (row) => row.tax_id)
export const contactOptions = (company: string | null) => async (q: string) =>
  options((await ok(api.GET('/api/v1/contacts', { params: { query: { ...found(q), sort: 'name', ...(company ? { company_id: company } : {}) } } }))).items, (row) => row.email)
export const dealOptions = (company: string | null) => async (q: string) =>
  options((await ok(api.GET('/api/v1/deals', { params: { query: { ...found(q), ...(company ? { company_id: company } : {}) } } }))).items, (row) => row.stage.name)

const at = (id: string) => ({ params: { path: { id } } })

export const personQuery = (id: string) => queryOptions({ queryKey: ['contact', 'one', id], queryFn: () => ok(api.GET('/api/v1/contacts/{id}', at(id))) })
export const firmQuery = (id: string) => queryOptions({ queryKey: ['company', 'one', id], queryFn: () => ok(api.GET('/api/v1/companies/{id}', at(id))) })
export const opportunityQuery = (id: string) => queryOptions({ queryKey: ['deal', 'one', id], queryFn: () => ok(api.GET('/api/v1/deals/{id}', at(id))) })

/** Everything on screen that a sales document may touch. */
export const refreshSales = () => refresh('quote', 'invoice', 'payment', 'deal', 'timeline', 'home')
