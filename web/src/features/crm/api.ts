/** What the customer screens ask of the server, and the shapes they get. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'
import { isNothing, isSeen } from '@/lib/format'
import type { Option } from '@/ui/Select'
import { asFarAs } from './deals/board'

/** Another record by id and name. */
export type Ref = { id: string; name: string }
/** The place of a company or contact: flat in the record, `street` may have several lines. */
export type Address = Pick<Company, 'street' | 'city' | 'region' | 'postal_code' | 'country'>

export type Company = Schema<'CompanyView'>
export type CompanyInput = Schema<'NewCompany'>
export type Contact = Schema<'ContactView'>
export type ContactInput = Schema<'NewContact'>

export type ListQuery = { q?: string | undefined; sort?: string | undefined; owner?: string | undefined; choice?: string | undefined; company?: string | undefined; contact?: string | undefined; state?: DealState | undefined; pipeline?: string | undefined; filter?: object | undefined; notBelow?: string | undefined; limit?: number | undefined }

/** "level:c001" as the parameter that the server takes; its name is the workspace's own. */
const ofChoice = (choice: string | undefined): object => {
  const [key, id] = choice?.split(':') ?? []
  return key && id ? { [`custom.${key}`]: id } : {}
}

export const listQuery = (query: ListQuery, cursor: string | undefined, limit = 60) => ({
  limit: query.limit ?? limit,
  ...(cursor ? { cursor } : {}),
  ...(query.q ? { q: query.q } : {}),
  ...(query.sort ? { sort: query.sort } : {}),
  ...(query.owner ? { owner_id: query.owner } : {}),
  ...ofChoice(query.choice),
  ...(query.filter ? { filter: JSON.stringify(query.filter) } : {}),
  ...(query.company ? { company_id: query.company } : {}),
  ...(query.contact ? { contact_id: query.contact } : {}),
  ...(query.state ? { state: query.state } : {}),
  ...(query.pipeline ? { pipeline_id: query.pipeline } : {}),
  ...(query.notBelow ? { not_below: query.notBelow } : {}),
})

const at = (id: string) => ({ params: { path: { id } } })
/** For a change that only goes through if the record is still as it was read. */
const changing = ({ id, version }: { id: string; version: number }) => ({ params: { path: { id }, header: ifMatch(version) } })

// Companies

export const listCompanies = (query: ListQuery) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/companies', { params: { query: listQuery(query, cursor) }, ...(signal ? { signal } : {}) }))

export const companyQuery = (id: string) =>
  queryOptions({ queryKey: ['company', 'one', id], queryFn: () => ok(api.GET('/api/v1/companies/{id}', at(id))) })

export const createCompany = (body: CompanyInput) => ok(api.POST('/api/v1/companies', { body }))

export const saveCompany = (company: Company, body: CompanyInput) =>
  ok(api.PATCH('/api/v1/companies/{id}', { ...changing(company), body }))

export const deleteCompany = (id: string) => ok(api.DELETE('/api/v1/companies/{id}', at(id)))
export const restoreCompany = (id: string) => ok(api.POST('/api/v1/companies/{id}/restore', at(id)))

/** For comboboxes: companies whose name fits, without one and those below it. */
export const companyOptions = async (q: string, notBelow?: string): Promise<Option[]> => {
  const page = await listCompanies({ q, sort: 'name', notBelow })(undefined)
  return page.items.map((company) => ({ value: company.id, label: company.name, ...(company.tax_id ? { hint: company.tax_id } : {}) }))
}

// Contacts

export const listContacts = (query: ListQuery) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/contacts', { params: { query: listQuery(query, cursor) }, ...(signal ? { signal } : {}) }))

export const contactQuery = (id: string) =>
  queryOptions({ queryKey: ['contact', 'one', id], queryFn: () => ok(api.GET('/api/v1/contacts/{id}', at(id))) })

export const createContact = (body: ContactInput) => ok(api.POST('/api/v1/contacts', { body }))

export const saveContact = (contact: Contact, body: ContactInput) =>
  ok(api.PATCH('/api/v1/contacts/{id}', { ...changing(contact), body }))

export const deleteContact = (id: string) => ok(api.DELETE('/api/v1/contacts/{id}', at(id)))
export const restoreContact = (id: string) => ok(api.POST('/api/v1/contacts/{id}/restore', at(id)))

export const contactOptions = (company: string | null) => async (q: string): Promise<Option[]> => {
  const page = await listContacts({ q, sort: 'name', ...(company ? { company } : {}) })(undefined)
  return page.items.map((contact) => ({ value: contact.id, label: contact.name, ...(contact.email ? { hint: contact.email } : {}) }))
}

// Deals

export type Stage = Schema<'StageView'>
export type Pipeline = Schema<'PipelineView'>
export type DealState = Schema<'DealState'>
export type Deal = Schema<'DealView'>

/** Whether there is an amount to show: a deal without one carries zero, and a hidden one is not told. */
export const hasAmount = ({ amount }: Pick<Deal, 'amount'>): boolean => isSeen(amount) && !isNothing(amount)

export type DealInput = Omit<Schema<'NewDeal'>, 'stage_id' | 'pipeline_id'>

/** A column of the board: all open deals are counted, and read on as one scrolls. */
export type Column = Schema<'BoardStage'>
export type Board = Schema<'Board'>

export const pipelinesQuery = queryOptions({
  queryKey: ['pipeline', 'list'],
  queryFn: () => ok(api.GET('/api/v1/pipelines', {})),
  staleTime: 300_000,
})

export const boardQuery = (pipeline: string) =>
  queryOptions({
    queryKey: ['deal', 'board', pipeline],
    queryFn: async ({ signal, client, queryKey }) =>
      asFarAs(await ok(api.GET('/api/v1/deals/board', { params: { query: { pipeline_id: pipeline } }, signal })), client.getQueryData<Board>(queryKey)),
    // Comparing thousands of cards with what they were costs more than drawing the few that are seen.
    structuralSharing: false,
  })

export const listDeals = (query: ListQuery) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/deals', { params: { query: listQuery(query, cursor) }, ...(signal ? { signal } : {}) }))

export const dealQuery = (id: string) =>
  queryOptions({ queryKey: ['deal', 'one', id], queryFn: () => ok(api.GET('/api/v1/deals/{id}', at(id))) })

export const createDeal = (body: DealInput & { stage_id: string }) => ok(api.POST('/api/v1/deals', { body }))

export const saveDeal = (deal: Deal, body: DealInput) =>
  ok(api.PATCH('/api/v1/deals/{id}', { ...changing(deal), body }))

/** Into a stage, behind `after`; first when null. */
export const moveDeal = (deal: Pick<Deal, 'id' | 'version'>, body: { stage_id: string; after: string | null }) =>
  ok(api.POST('/api/v1/deals/{id}/move', { ...changing(deal), body }))

export const dealOptions = async (q: string): Promise<Option[]> => {
  const page = await listDeals({ q, sort: 'name' })(undefined)
  return page.items.map((deal) => ({ value: deal.id, label: deal.name }))
}

export const winDeal = (id: string) => ok(api.POST('/api/v1/deals/{id}/win', at(id)))
export const loseDeal = (id: string, body: Schema<'LoseDeal'>) => ok(api.POST('/api/v1/deals/{id}/lose', { ...at(id), body }))
export const reopenDeal = (id: string) => ok(api.POST('/api/v1/deals/{id}/reopen', at(id)))
export const deleteDeal = (id: string) => ok(api.DELETE('/api/v1/deals/{id}', at(id)))
export const restoreDeal = (id: string) => ok(api.POST('/api/v1/deals/{id}/restore', at(id)))

// Notes and the timeline

export type Note = Schema<'NoteView'>
/** `data` is one of many shapes, by kind. */
export type TimelineEntry = Omit<Schema<'TimelineEntry'>, 'data'> & { data: Record<string, unknown> | null }

/** Which part of a timeline: kinds of entries, and what one person did. */
export type TimelineFilter = { kinds: string[]; member: string | null }

export const listTimeline = (subject: string, { kinds, member }: TimelineFilter) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/timeline', { params: { query: { subject, limit: 30, ...(kinds.length > 0 ? { kinds: kinds.join(',') } : {}), ...(member ? { member_id: member } : {}), ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }))

export const createNote = (subject: string, body: string) => ok(api.POST('/api/v1/notes', { body: { subject, body } }))

export const saveNote = (note: Note, body: string) =>
  ok(api.PATCH('/api/v1/notes/{id}', { ...changing(note), body: { body } }))

export const deleteNote = (id: string) => ok(api.DELETE('/api/v1/notes/{id}', at(id)))

// People of the workspace who can own a record

export const membersQuery = queryOptions({
  queryKey: ['member', 'list'],
  queryFn: () => ok(api.GET('/api/v1/members', { params: { query: { limit: 200 } } })),
  staleTime: 300_000,
})

/** Everything on screen that a change of a customer record may touch. */
export const refreshCrm = () => refresh('company', 'company_group', 'contact', 'deal', 'lead', 'custom_record', 'timeline', 'home')
