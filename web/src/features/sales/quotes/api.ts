/** What the quote screens ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { looseApi as api, ifMatch, ok } from '@/api/client'
import type { Page } from '@/api/query'
import type { Money } from '@/lib/format'
import type { Discount, DocumentLine, Ref, SendInput, Totals } from '../document/api'

export const QUOTE_STATES = ['draft', 'sent', 'accepted', 'declined', 'expired', 'revoked'] as const
export type QuoteState = (typeof QUOTE_STATES)[number]

/** The customer's answer with its evidence. */
export type Answer = {
  decision: 'accepted' | 'declined'
  revision: number
  name: string | null
  reason: string | null
  consent_text: string | null
  snapshot_sha256: string
  pdf_sha256: string
  ip: string | null
  user_agent: string | null
  at: string
}

export type QuoteSummary = {
  id: string
  number: string | null
  title: string
  state: QuoteState
  company: Ref | null
  contact: Ref | null
  owner: Ref | null
  payable: Money
  valid_until: string
  updated_at: string
}

export type Quote = Omit<QuoteSummary, 'payable'> & {
  version: number
  revision: number
  deal: Ref | null
  language: string
  currency: string
  prices_include_tax: boolean
  allowance: Discount | null
  lines: DocumentLine[]
  totals: Totals
  issue_date: string
  terms: string | null
  notes: string | null
  reference: string | null
  public_url: string | null
  answer: Answer | null
  /** The invoice made from it. */
  invoice_id: string | null
  sent_at: string | null
  viewed_at: string | null
  answered_at: string | null
  created_at: string
  actions: string[]
}

export type QuoteInput = {
  title: string
  company_id: string | null
  contact_id: string | null
  deal_id: string | null
  language: string
  currency: string
  prices_include_tax: boolean
  allowance: Discount | null
  lines: DocumentLine[]
  valid_until: string | null
  terms: string | null
  notes: string | null
  reference: string | null
}

export type QuoteFilter = { q?: string | undefined; sort?: string | undefined; state?: string | undefined; company?: string | undefined; deal?: string | undefined }

const at = (id: string) => ({ params: { path: { id } } })

export const listQuotes = (filter: QuoteFilter) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok<Page<QuoteSummary>>(
    api.GET('/api/v1/quotes', {
      params: {
        query: {
          limit: 60,
          ...(cursor ? { cursor } : {}),
          ...(filter.q ? { q: filter.q } : {}),
          ...(filter.sort ? { sort: filter.sort } : {}),
          ...(filter.state ? { state: filter.state } : {}),
          ...(filter.company ? { company_id: filter.company } : {}),
          ...(filter.deal ? { deal_id: filter.deal } : {}),
        },
      },
      ...(signal ? { signal } : {}),
    }),
  )

export const quoteQuery = (id: string) => queryOptions({ queryKey: ['quote', 'one', id], queryFn: () => ok<Quote>(api.GET('/api/v1/quotes/{id}', at(id))) })

export const createQuote = (body: QuoteInput) => ok<Quote>(api.POST('/api/v1/quotes', { body }))
export const saveQuote = (id: string, version: number, body: QuoteInput) => ok<Quote>(api.PATCH('/api/v1/quotes/{id}', { ...at(id), headers: ifMatch(version), body }))
export const deleteQuote = (id: string) => ok(api.DELETE('/api/v1/quotes/{id}', at(id)))
export const sendQuote = (id: string, body: SendInput & { link_only: boolean }) => ok<Quote>(api.POST('/api/v1/quotes/{id}/send', { ...at(id), body }))
export const revokeQuote = (id: string) => ok<Quote>(api.POST('/api/v1/quotes/{id}/revoke', at(id)))
export const invoiceQuote = (id: string) => ok<{ id: string }>(api.POST('/api/v1/quotes/{id}/invoice', at(id)))
export const quotePdf = (id: string) => `/api/v1/quotes/${id}/pdf`
