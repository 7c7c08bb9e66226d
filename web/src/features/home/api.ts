/** How we stand: one answer of the server, each part null for whom it is not. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'

/** Something to do; its kind is one of the words under home:need. */
export type Need = Schema<'NeedView'>
export type Month = Schema<'MonthView'>
export type Finances = Schema<'MoneyView'>
export type StageTotal = Schema<'StageTotalView'>
export type Activity = Schema<'RecentView'>
export type HomeView = Schema<'HomeView'>

export const homeQuery = queryOptions({ queryKey: ['home', 'one'], queryFn: () => ok(api.GET('/api/v1/home', {})) })

// What a new workspace still has to do

const one = { params: { query: { limit: 1 } } }

export const hasContacts = queryOptions({ queryKey: ['contact', 'any'], queryFn: async () => (await ok(api.GET('/api/v1/contacts', one))).items.length > 0 })
export const hasQuotes = queryOptions({ queryKey: ['quote', 'any'], queryFn: async () => (await ok(api.GET('/api/v1/quotes', one))).items.length > 0 })

/** Whether the issuer has what an invoice must carry: an address and a tax id. */
export const hasIssuer = queryOptions({
  queryKey: ['fiscal_entity', 'complete'],
  queryFn: async () => (await ok(api.GET('/api/v1/fiscal-entities', {}))).items.some((issuer) => issuer.is_default && !!issuer.street && !!issuer.tax_id),
})
