/** What the customer screens ask of the server, and the shapes they get. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { refresh, type Page } from '@/api/query'
import type { Money } from '@/lib/format'
import type { Option } from '@/ui/Select'

export type Ref = { id: string; name: string }
/** The place of a company or contact: flat in the record, `street` may have several lines. */
export type Address = { street: string | null; city: string | null; region: string | null; postal_code: string | null; country: string | null }

export type Company = Address & {
  id: string
  name: string
  legal_name: string | null
  tax_id: string | null
  email: string | null
  phone: string | null
  website: string | null
  language: string | null
  currency: string | null
  tags: string[]
  about: string | null
  owner: Ref | null
  deleted_at: string | null
  created_at: string
  updated_at: string
  version: number
  actions: string[]
}

export type CompanyInput = Address & {
  name: string
  legal_name: string | null
  tax_id: string | null
  email: string | null
  phone: string | null
  website: string | null
  tags: string[]
  about: string | null
  owner_id: string | null
}

export type Contact = Address & {
  id: string
  name: string
  given_name: string | null
  family_name: string | null
  job_title: string | null
  email: string | null
  phone: string | null
  language: string | null
  company: Ref | null
  tags: string[]
  about: string | null
  owner: Ref | null
  deleted_at: string | null
  created_at: string
  updated_at: string
  version: number
  actions: string[]
}

export type ContactInput = Address & {
  given_name: string | null
  family_name: string | null
  job_title: string | null
  email: string | null
  phone: string | null
  language: string | null
  company_id: string | null
  tags: string[]
  about: string | null
  owner_id: string | null
}

export type ListQuery = { q?: string | undefined; sort?: string | undefined; owner?: string | undefined; company?: string | undefined; contact?: string | undefined; state?: string | undefined; pipeline?: string | undefined }

const listQuery = (query: ListQuery, cursor: string | undefined, limit = 60) => ({
  limit,
  ...(cursor ? { cursor } : {}),
  ...(query.q ? { q: query.q } : {}),
  ...(query.sort ? { sort: query.sort } : {}),
  ...(query.owner ? { owner_id: query.owner } : {}),
  ...(query.company ? { company_id: query.company } : {}),
  ...(query.contact ? { contact_id: query.contact } : {}),
  ...(query.state ? { state: query.state } : {}),
  ...(query.pipeline ? { pipeline_id: query.pipeline } : {}),
})

const at = (id: string) => ({ params: { path: { id } } })

// Companies

export const listCompanies = (query: ListQuery) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok<Page<Company>>(api.GET('/api/v1/companies', { params: { query: listQuery(query, cursor) }, ...(signal ? { signal } : {}) }))

export const companyQuery = (id: string) =>
  queryOptions({ queryKey: ['company', 'one', id], queryFn: () => ok<Company>(api.GET('/api/v1/companies/{id}', at(id))) })

export const createCompany = (body: CompanyInput) => ok<Company>(api.POST('/api/v1/companies', { body }))

export const saveCompany = (company: Company, body: CompanyInput) =>
  ok<Company>(api.PATCH('/api/v1/companies/{id}', { ...at(company.id), headers: ifMatch(company.version), body }))

export const deleteCompany = (id: string) => ok(api.DELETE('/api/v1/companies/{id}', at(id)))
export const restoreCompany = (id: string) => ok(api.POST('/api/v1/companies/{id}/restore', at(id)))

/** For comboboxes: companies whose name fits. */
export const companyOptions = async (q: string): Promise<Option[]> => {
  const page = await listCompanies({ q, sort: 'name' })(undefined)
  return page.items.map((company) => ({ value: company.id, label: company.name, ...(company.tax_id ? { hint: company.tax_id } : {}) }))
}

// Contacts

export const listContacts = (query: ListQuery) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok<Page<Contact>>(api.GET('/api/v1/contacts', { params: { query: listQuery(query, cursor) }, ...(signal ? { signal } : {}) }))

export const contactQuery = (id: string) =>
  queryOptions({ queryKey: ['contact', 'one', id], queryFn: () => ok<Contact>(api.GET('/api/v1/contacts/{id}', at(id))) })

export const createContact = (body: ContactInput) => ok<Contact>(api.POST('/api/v1/contacts', { body }))

export const saveContact = (contact: Contact, body: ContactInput) =>
  ok<Contact>(api.PATCH('/api/v1/contacts/{id}', { ...at(contact.id), headers: ifMatch(contact.version), body }))

export const deleteContact = (id: string) => ok(api.DELETE('/api/v1/contacts/{id}', at(id)))
export const restoreContact = (id: string) => ok(api.POST('/api/v1/contacts/{id}/restore', at(id)))

export const contactOptions = (company: string | null) => async (q: string): Promise<Option[]> => {
  const page = await listContacts({ q, sort: 'name', ...(company ? { company } : {}) })(undefined)
  return page.items.map((contact) => ({ value: contact.id, label: contact.name, ...(contact.email ? { hint: contact.email } : {}) }))
}

// Deals

export type Stage = { id: string; version: number; pipeline_id: string; name: string; probability: number; position: number; actions: string[] }
export type Pipeline = { id: string; version: number; name: string; stages: Stage[]; actions: string[] }

export type Deal = {
  id: string
  name: string
  state: 'open' | 'won' | 'lost'
  lost_reason: string | null
  pipeline_id: string
  stage: Ref
  amount: Money
  expected_close: string | null
  company: Ref | null
  contact: Ref | null
  owner: Ref | null
  deleted_at: string | null
  created_at: string
  updated_at: string
  closed_at: string | null
  version: number
  actions: string[]
}

/** A deal without an amount carries zero: nothing to show. */
export const hasAmount = (deal: Pick<Deal, 'amount'>): boolean => /[1-9]/.test(deal.amount.amount)

export type DealInput = {
  name: string
  amount: Money | null
  expected_close: string | null
  company_id: string | null
  contact_id: string | null
  owner_id: string | null
}

/** A column: all open deals are counted, the first 50 are shown. */
export type Column = { stage: Stage; count: number; totals: Money[]; items: Deal[] }
export type Board = { pipeline: Ref; stages: Column[] }

export const pipelinesQuery = queryOptions({
  queryKey: ['pipeline', 'list'],
  queryFn: () => ok<Page<Pipeline>>(api.GET('/api/v1/pipelines', {})),
  staleTime: 300_000,
})

export const boardQuery = (pipeline: string) =>
  queryOptions({
    queryKey: ['deal', 'board', pipeline],
    queryFn: () => ok<Board>(api.GET('/api/v1/deals/board', { params: { query: { pipeline_id: pipeline } } })),
  })

export const listDeals = (query: ListQuery) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok<Page<Deal>>(api.GET('/api/v1/deals', { params: { query: listQuery(query, cursor) }, ...(signal ? { signal } : {}) }))

export const dealQuery = (id: string) =>
  queryOptions({ queryKey: ['deal', 'one', id], queryFn: () => ok<Deal>(api.GET('/api/v1/deals/{id}', at(id))) })

export const createDeal = (body: DealInput & { stage_id: string }) => ok<Deal>(api.POST('/api/v1/deals', { body }))

export const saveDeal = (deal: Deal, body: DealInput) =>
  ok<Deal>(api.PATCH('/api/v1/deals/{id}', { ...at(deal.id), headers: ifMatch(deal.version), body }))

/** Into a stage, behind `after`; first when null. */
export const moveDeal = (deal: Pick<Deal, 'id' | 'version'>, body: { stage_id: string; after: string | null }) =>
  ok<Deal>(api.POST('/api/v1/deals/{id}/move', { ...at(deal.id), headers: ifMatch(deal.version), body }))

export const winDeal = (id: string) => ok<Deal>(api.POST('/api/v1/deals/{id}/win', at(id)))
export const loseDeal = (id: string, reason: string) => ok<Deal>(api.POST('/api/v1/deals/{id}/lose', { ...at(id), body: { reason } }))
export const reopenDeal = (id: string) => ok<Deal>(api.POST('/api/v1/deals/{id}/reopen', at(id)))
export const deleteDeal = (id: string) => ok(api.DELETE('/api/v1/deals/{id}', at(id)))
export const restoreDeal = (id: string) => ok(api.POST('/api/v1/deals/{id}/restore', at(id)))

// Notes and the timeline

export type Note = { id: string; version: number; subject: string; body: string; actions: string[] }

export type TimelineEntry = {
  id: string
  kind: string
  at: string
  /** A `recipient` is somebody outside, with a secret link. */
  actor: { kind: string; id: string | null; name: string | null }
  subject: string
  subject_name: string | null
  note: Note | null
  data: Record<string, unknown> | null
}

export const listTimeline = (subject: string) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok<Page<TimelineEntry>>(api.GET('/api/v1/timeline', { params: { query: { subject, limit: 30, ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }))

export const createNote = (subject: string, body: string) => ok<Note>(api.POST('/api/v1/notes', { body: { subject, body } }))

export const saveNote = (note: Note, body: string) =>
  ok<Note>(api.PATCH('/api/v1/notes/{id}', { ...at(note.id), headers: ifMatch(note.version), body: { body } }))

export const deleteNote = (id: string) => ok(api.DELETE('/api/v1/notes/{id}', at(id)))

// People of the workspace who can own a record

export const membersQuery = queryOptions({
  queryKey: ['member', 'list'],
  queryFn: () => ok<Page<Ref>>(api.GET('/api/v1/members', { params: { query: { limit: 200 } } })),
  staleTime: 300_000,
})

/** Everything on screen that a change of a customer record may touch. */
export const refreshCrm = () => refresh('company', 'contact', 'deal', 'timeline', 'home')
