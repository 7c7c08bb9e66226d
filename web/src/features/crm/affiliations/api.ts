/** Who also works with which company. */
import { api, ifMatch, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'

export type Affiliation = Schema<'AffiliationView'>
export type NewAffiliation = Schema<'NewAffiliation'>

/** Of a contact or of a company: the end that is given. */
export type End = { contact_id: string } | { company_id: string }

/** Its own noun first: what is written down belongs to the contact. */
export const affiliationsKey = (end: End) => ['contact', 'list', 'affiliations', end] as const

export const listAffiliations = (end: End) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/affiliations', { params: { query: { limit: 50, ...end, ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }))

export const createAffiliation = (body: NewAffiliation) => ok(api.POST('/api/v1/affiliations', { body }))

export const saveAffiliation = ({ id, version }: Affiliation, body: Schema<'ChangeAffiliation'>) =>
  ok(api.PATCH('/api/v1/affiliations/{id}', { params: { path: { id }, header: ifMatch(version) }, body }))

export const deleteAffiliation = (id: string) => ok(api.DELETE('/api/v1/affiliations/{id}', { params: { path: { id } } }))

export const refreshAffiliations = () => refresh('contact', 'company', 'timeline')
