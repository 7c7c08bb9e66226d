/** What a deal offers and what became of it, as the server tells it. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'

export type DealLine = Schema<'DealLine'>
export type DealLines = Schema<'DealLinesView'>
export type Recurring = Schema<'Recurring'>
export const RECURRING: Recurring[] = ['once', 'monthly', 'yearly']

const at = (id: string) => ({ params: { path: { id } } })

export const linesQuery = (deal: string) =>
  queryOptions({ queryKey: ['deal', 'lines', deal], queryFn: () => ok(api.GET('/api/v1/deals/{id}/lines', at(deal))) })

export const saveLines = (deal: string, version: number, body: Schema<'SetDealLines'>) =>
  ok(api.PUT('/api/v1/deals/{id}/lines', { params: { path: { id: deal }, header: ifMatch(version) }, body }))

/** The amount as somebody had written it by hand, over the deal as it is now. */
export const writeAmount = async (deal: string, amount: DealLines['amount']) => {
  const { version } = await ok(api.GET('/api/v1/deals/{id}', at(deal)))
  return ok(api.PATCH('/api/v1/deals/{id}', { params: { path: { id: deal }, header: ifMatch(version) }, body: { amount } }))
}

/** The draft of a quote with the customer and the lines of the deal. */
export const quoteDeal = (deal: string) => ok(api.POST('/api/v1/deals/{id}/quote', at(deal)))

export const billingQuery = (deal: string) =>
  queryOptions({ queryKey: ['invoice', 'billing', deal], queryFn: () => ok(api.GET('/api/v1/deals/{id}/billing', at(deal))) })

/** What a change of the lines touches: the deal's amount, and with it boards, sums and its story. */
export const refreshOffer = () => refresh('deal', 'timeline', 'home')
