/** What the quote screens ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import type { Schema } from '@/api/schema'
import type { SendInput } from '../document/api'

export const QUOTE_STATES = ['draft', 'sent', 'accepted', 'declined', 'expired', 'revoked'] as const
export type QuoteState = Schema<'QuoteStatus'>

/** The customer's answer with its evidence. */
export type Answer = Schema<'AnswerView'>
export type QuoteSummary = Schema<'QuoteSummary'>
export type Quote = Schema<'QuoteView'>
export type QuoteInput = Schema<'NewQuote'>

export type QuoteFilter = { q?: string | undefined; sort?: string | undefined; state?: QuoteState | undefined; company?: string | undefined; contact?: string | undefined; deal?: string | undefined; limit?: number }

const at = (id: string) => ({ params: { path: { id } } })

export const listQuotes = (filter: QuoteFilter) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(
    api.GET('/api/v1/quotes', {
      params: {
        query: {
          limit: filter.limit ?? 60,
          ...(cursor ? { cursor } : {}),
          ...(filter.q ? { q: filter.q } : {}),
          ...(filter.sort ? { sort: filter.sort } : {}),
          ...(filter.state ? { state: filter.state } : {}),
          ...(filter.company ? { company_id: filter.company } : {}),
          ...(filter.contact ? { contact_id: filter.contact } : {}),
          ...(filter.deal ? { deal_id: filter.deal } : {}),
        },
      },
      ...(signal ? { signal } : {}),
    }),
  )

export const quoteQuery = (id: string) => queryOptions({ queryKey: ['quote', 'one', id], queryFn: () => ok(api.GET('/api/v1/quotes/{id}', at(id))) })

export const createQuote = (body: QuoteInput) => ok(api.POST('/api/v1/quotes', { body }))
export const saveQuote = (id: string, version: number, body: QuoteInput) => ok(api.PATCH('/api/v1/quotes/{id}', { params: { path: { id }, header: ifMatch(version) }, body }))
export const deleteQuote = (id: string) => ok(api.DELETE('/api/v1/quotes/{id}', at(id)))
export const sendQuote = (id: string, body: SendInput & { link_only: boolean }) => ok(api.POST('/api/v1/quotes/{id}/send', { ...at(id), body }))
export const revokeQuote = (id: string) => ok(api.POST('/api/v1/quotes/{id}/revoke', at(id)))
export const invoiceQuote = (id: string) => ok(api.POST('/api/v1/quotes/{id}/invoice', at(id)))
export const quotePdf = (id: string) => `/api/v1/quotes/${id}/pdf`
