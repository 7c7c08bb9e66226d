/** What the invoice screens ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import type { Schema } from '@/api/schema'
import type { Calculation, SendInput } from '../document/api'

export type InvoiceStatus = Schema<'InvoiceStatus'>
export type InvoiceKind = Schema<'InvoiceKind'>
export type CorrectionKind = Schema<'CorrectionKind'>
export type CreditAllocation = Schema<'CreditAllocationView'>
export type InvoiceSummary = Schema<'InvoiceSummary'>
export type Invoice = Schema<'InvoiceView'>
export type InvoiceInput = Omit<Schema<'NewInvoice'>, 'deal_id'>

export type InvoiceFilter = { q?: string | undefined; sort?: string | undefined; status?: InvoiceStatus | undefined; kind?: InvoiceKind | undefined; company?: string | undefined; contact?: string | undefined; deal?: string | undefined; limit?: number }

const at = (id: string) => ({ params: { path: { id } } })

export const listInvoices = (filter: InvoiceFilter) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(
    api.GET('/api/v1/invoices', {
      params: {
        query: {
          limit: filter.limit ?? 60,
          ...(cursor ? { cursor } : {}),
          ...(filter.q ? { q: filter.q } : {}),
          ...(filter.sort ? { sort: filter.sort } : {}),
          ...(filter.status ? { status: filter.status } : {}),
          ...(filter.kind ? { kind: filter.kind } : {}),
          ...(filter.company ? { company_id: filter.company } : {}),
          ...(filter.contact ? { contact_id: filter.contact } : {}),
          ...(filter.deal ? { deal_id: filter.deal } : {}),
        },
      },
      ...(signal ? { signal } : {}),
    }),
  )

export const invoiceQuery = (id: string) =>
  queryOptions({ queryKey: ['invoice', 'one', id], queryFn: () => ok(api.GET('/api/v1/invoices/{id}', at(id))) })

export const calculationQuery = (id: string, version: number) =>
  queryOptions({ queryKey: ['invoice', 'calculation', id, version], queryFn: async () => (await ok(api.GET('/api/v1/invoices/{id}/calculation', at(id)))) as Calculation })

export const createInvoice = (body: InvoiceInput & { deal_id: string | null }) => ok(api.POST('/api/v1/invoices', { body }))
export const saveInvoice = (id: string, version: number, body: InvoiceInput) =>
  ok(api.PATCH('/api/v1/invoices/{id}', { params: { path: { id }, header: ifMatch(version) }, body }))
export const deleteInvoice = (id: string) => ok(api.DELETE('/api/v1/invoices/{id}', at(id)))
export const issueInvoice = (id: string) => ok(api.POST('/api/v1/invoices/{id}/issue', at(id)))
export const sendInvoice = (id: string, body: SendInput) => ok(api.POST('/api/v1/invoices/{id}/send', { ...at(id), body }))
export const correctInvoice = (id: string, body: Schema<'NewCorrection'>) => ok(api.POST('/api/v1/invoices/{id}/corrections', { ...at(id), body }))
export const explainCorrection = (note: Invoice, correction_reason: string) =>
  ok(api.PATCH('/api/v1/invoices/{id}', { params: { path: { id: note.id }, header: ifMatch(note.version) }, body: { correction_reason } }))

/** Key: the noun first, so that news of an invoice refreshes it. */
export const creditQuery = (of: { credit_note_id: string } | { invoice_id: string }) =>
  queryOptions({ queryKey: ['invoice', 'credit', of], queryFn: ({ signal }) => ok(api.GET('/api/v1/credit-allocations', { params: { query: { limit: 100, ...of } }, signal })) })

/** What of the note's customer is open, the earliest due first. */
export const openInvoicesQuery = ({ company_id, contact_id }: Pick<Invoice, 'company_id' | 'contact_id'>) =>
  queryOptions({
    queryKey: ['invoice', 'open', company_id, contact_id],
    queryFn: async ({ signal }) => {
      const of = company_id ? { company: company_id } : { contact: contact_id ?? undefined }
      const states = (['overdue', 'partly_paid', 'open'] as const).map((status) => listInvoices({ ...of, status, limit: 100 })(undefined, signal))
      const found = (await Promise.all(states)).flatMap((page) => page.items)
      return found.filter((invoice) => invoice.kind !== 'credit_note' && (company_id !== null || invoice.company_id === null)).sort((a, b) => (a.due_date ?? '').localeCompare(b.due_date ?? ''))
    },
  })

export const spendCredit = (note: string, body: Schema<'NewAllocation'>) => ok(api.POST('/api/v1/invoices/{id}/credit-allocations', { ...at(note), body }))
export const releaseCredit = (id: string) => ok(api.POST('/api/v1/credit-allocations/{id}/release', at(id)))
export type PreflightFault = Schema<'PreflightFault'>
/** What a receiver of the electronic invoice would refuse of this version. */
export const preflightQuery = (id: string, version: number) =>
  queryOptions({ queryKey: ['invoice', 'preflight', id, version], queryFn: () => ok(api.GET('/api/v1/invoices/{id}/preflight', at(id))) })
export const electronicInvoice = (id: string, syntax: 'ubl' | 'cii') =>
  ok(api.GET('/api/v1/invoices/{id}/e-invoice', { params: { path: { id }, query: { syntax } }, parseAs: 'text' }))
export const invoicePdf = (id: string) => `/api/v1/invoices/${id}/pdf`
