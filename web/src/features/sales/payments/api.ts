/** What the payment screens ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'

export const METHODS = ['bank_transfer', 'cash', 'card', 'direct_debit', 'cheque', 'other'] as const
export type Method = Schema<'PaymentMethod'>
export type Payment = Schema<'PaymentView'>

const at = (id: string) => ({ params: { path: { id } } })

export const listPayments = (filter: { sort?: string | undefined; invoice?: string | undefined }) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(
    api.GET('/api/v1/payments', {
      params: {
        query: {
          limit: 60,
          ...(cursor ? { cursor } : {}),
          ...(filter.sort ? { sort: filter.sort } : {}),
          ...(filter.invoice ? { invoice_id: filter.invoice } : {}),
        },
      },
      ...(signal ? { signal } : {}),
    }),
  )

export const invoicePaymentsQuery = (invoice: string) =>
  queryOptions({ queryKey: ['payment', 'list', { invoice }], queryFn: ({ signal }) => listPayments({ invoice })(undefined, signal) })

export const recordPayment = (body: Schema<'NewPayment'>) => ok(api.POST('/api/v1/payments', { body }))
export const voidPayment = (id: string, reason: string) => ok(api.POST('/api/v1/payments/{id}/void', { ...at(id), body: { reason } }))
