/** What the invoice screens ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { looseApi as api, ifMatch, ok } from '@/api/client'
import type { Page } from '@/api/query'
import type { Money } from '@/lib/format'
import type { Calculation, Discount, DocumentLine, Ref, SendInput, Totals } from '../document/api'

export const INVOICE_STATUSES = ['draft', 'open', 'partly_paid', 'overdue', 'paid'] as const
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]

export type InvoiceSummary = {
  id: string
  number: string | null
  status: InvoiceStatus
  company: Ref | null
  contact: Ref | null
  owner: Ref | null
  payable: Money
  balance: Money
  issue_date: string | null
  due_date: string | null
  updated_at: string
}

export type Invoice = Omit<InvoiceSummary, 'payable'> & {
  version: number
  deal: Ref | null
  quote_id: string | null
  quote_number: string | null
  language: string
  currency: string
  prices_include_tax: boolean
  allowance: Discount | null
  lines: DocumentLine[]
  totals: Totals
  paid: Money
  payment_days: number
  notes: string | null
  reference: string | null
  snapshot_sha256: string | null
  pdf_sha256: string | null
  issued_at: string | null
  sent_at: string | null
  created_at: string
  actions: string[]
}

export type InvoiceInput = {
  company_id: string | null
  contact_id: string | null
  language: string
  currency: string
  prices_include_tax: boolean
  allowance: Discount | null
  lines: DocumentLine[]
  payment_days: number
  notes: string | null
  reference: string | null
}

export type InvoiceFilter = { q?: string | undefined; sort?: string | undefined; status?: string | undefined; company?: string | undefined; deal?: string | undefined }

const at = (id: string) => ({ params: { path: { id } } })

export const listInvoices = (filter: InvoiceFilter) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok<Page<InvoiceSummary>>(
    api.GET('/api/v1/invoices', {
      params: {
        query: {
          limit: 60,
          ...(cursor ? { cursor } : {}),
          ...(filter.q ? { q: filter.q } : {}),
          ...(filter.sort ? { sort: filter.sort } : {}),
          ...(filter.status ? { status: filter.status } : {}),
          ...(filter.company ? { company_id: filter.company } : {}),
          ...(filter.deal ? { deal_id: filter.deal } : {}),
        },
      },
      ...(signal ? { signal } : {}),
    }),
  )

export const invoiceQuery = (id: string) =>
  queryOptions({ queryKey: ['invoice', 'one', id], queryFn: () => ok<Invoice>(api.GET('/api/v1/invoices/{id}', at(id))) })

export const calculationQuery = (id: string, version: number) =>
  queryOptions({ queryKey: ['invoice', 'calculation', id, version], queryFn: () => ok<Calculation>(api.GET('/api/v1/invoices/{id}/calculation', at(id))) })

export const createInvoice = (body: InvoiceInput & { deal_id: string | null }) => ok<Invoice>(api.POST('/api/v1/invoices', { body }))
export const saveInvoice = (id: string, version: number, body: InvoiceInput) =>
  ok<Invoice>(api.PATCH('/api/v1/invoices/{id}', { ...at(id), headers: ifMatch(version), body }))
export const deleteInvoice = (id: string) => ok(api.DELETE('/api/v1/invoices/{id}', at(id)))
export const issueInvoice = (id: string) => ok<Invoice>(api.POST('/api/v1/invoices/{id}/issue', at(id)))
export const sendInvoice = (id: string, body: SendInput) => ok<Invoice>(api.POST('/api/v1/invoices/{id}/send', { ...at(id), body }))
export const invoicePdf = (id: string) => `/api/v1/invoices/${id}/pdf`
