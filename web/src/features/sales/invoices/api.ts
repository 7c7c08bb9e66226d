/** What the invoice screens ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import type { Schema } from '@/api/schema'
import type { Calculation, SendInput } from '../document/api'

export type InvoiceStatus = Schema<'InvoiceStatus'>
export type InvoiceSummary = Schema<'InvoiceSummary'>
export type Invoice = Schema<'InvoiceView'>
export type InvoiceInput = Omit<Schema<'NewInvoice'>, 'deal_id'>

export type InvoiceFilter = { q?: string | undefined; sort?: string | undefined; status?: InvoiceStatus | undefined; company?: string | undefined; contact?: string | undefined; deal?: string | undefined; limit?: number }

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
export const invoicePdf = (id: string) => `/api/v1/invoices/${id}/pdf`
