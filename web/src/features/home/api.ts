/** How we stand: one answer of the server, each part null for whom it is not. */
import { queryOptions } from '@tanstack/react-query'
import { looseApi as api, ok } from '@/api/client'
import type { Page } from '@/api/query'
import type { Money } from '@/lib/format'

export const NEEDS = ['invoice_overdue', 'quote_accepted', 'quote_expiring', 'invoice_draft', 'deal_late', 'mail_failed'] as const

export type Need = { kind: (typeof NEEDS)[number]; subject: string; title: string; detail: string | null; amount: Money | null; on: string | null }
export type Month = { month: string; invoiced: Money; paid: Money }
export type Finances = { invoiced: Money; paid: Money; due: Money; overdue: Money; overdue_count: number; other_currencies: number; months: Month[] }
export type StageTotal = { stage_id: string; name: string; probability: number; count: number; total: Money }
export type Activity = {
  id: string
  kind: string
  subject: string
  title: string | null
  data: Record<string, unknown> | null
  at: string
  actor_kind: 'member' | 'api_key' | 'recipient' | 'system'
  actor_id: string | null
  actor_name: string | null
}

export type HomeView = { needs_me: Need[]; money: Finances | null; pipeline: StageTotal[] | null; activity: Activity[] }

export const homeQuery = queryOptions({ queryKey: ['home', 'one'], queryFn: () => ok<HomeView>(api.GET('/api/v1/home', {})) })

// What a new workspace still has to do

const any = async (path: string): Promise<boolean> => (await ok<Page<unknown>>(api.GET(path, { params: { query: { limit: 1 } } }))).items.length > 0

export const hasContacts = queryOptions({ queryKey: ['contact', 'any'], queryFn: () => any('/api/v1/contacts') })
export const hasQuotes = queryOptions({ queryKey: ['quote', 'any'], queryFn: () => any('/api/v1/quotes') })

type Issuer = { street: string | null; tax_id: string | null; is_default: boolean }
/** Whether the issuer has what an invoice must carry: an address and a tax id. */
export const hasIssuer = queryOptions({
  queryKey: ['fiscal_entity', 'complete'],
  queryFn: async () => (await ok<Page<Issuer>>(api.GET('/api/v1/fiscal-entities', {}))).items.some((one) => one.is_default && !!one.street && !!one.tax_id),
})
