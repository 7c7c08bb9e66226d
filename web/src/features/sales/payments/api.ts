/** What the payment screens ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { looseApi as api, ok } from '@/api/client'
import type { Page } from '@/api/query'
import type { Money } from '@/lib/format'

export const METHODS = ['bank_transfer', 'cash', 'card', 'direct_debit', 'cheque', 'other'] as const
export type Method = (typeof METHODS)[number]

export type Payment = {
  id: string
  version: number
  invoice_id: string
  invoice_number: string | null
  customer: string | null
  amount: Money
  paid_on: string
  method: Method
  reference: string | null
  voided_at: string | null
  void_reason: string | null
  created_at: string
  actions: string[]
}

export type PaymentInput = { invoice_id: string; amount: Money; paid_on: string; method: string; reference: string | null; allow_overpayment: boolean }

const at = (id: string) => ({ params: { path: { id } } })

export const listPayments = (filter: { sort?: string | undefined; invoice?: string | undefined }) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok<Page<Payment>>(
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

export const recordPayment = (body: PaymentInput) => ok<Payment>(api.POST('/api/v1/payments', { body }))
export const voidPayment = (id: string, reason: string) => ok<Payment>(api.POST('/api/v1/payments/{id}/void', { ...at(id), body: { reason } }))
