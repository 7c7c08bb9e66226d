/** Lists in groups: what the server is asked and answers. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'
import { listQuery, type ListQuery } from '../api'

export type Groups = Schema<'Groups'>
export type Group = Schema<'Group'>
export type Figure = Schema<'Figure'>
export type Each = Schema<'Each'>

/** What a list shows, as far as groups share it. */
export type Asked = ListQuery & { status?: Schema<'LeadStatus'> | undefined }

/** Events name records of custom objects by one word, whatever the object. */
export const nounOf = (noun: string) => (noun.startsWith('obj_') ? 'custom_record' : noun)

function groupsOf(noun: string, query: object): Promise<Groups> {
  const params = { params: { query } }
  switch (noun) {
    case 'company':
      return ok(api.GET('/api/v1/companies/groups', params))
    case 'contact':
      return ok(api.GET('/api/v1/contacts/groups', params))
    case 'deal':
      return ok(api.GET('/api/v1/deals/groups', params))
    case 'lead':
      return ok(api.GET('/api/v1/leads/groups', params))
    default:
      return ok(api.GET('/api/v1/custom-objects/{id}/records/groups', { params: { path: { id: noun }, query } }))
  }
}

/** The groups of a list as it is narrowed now; `by` and `aggregate` as the server takes them. */
export const groupsQuery = (noun: string, asked: Asked, by: string | undefined, aggregate: string | undefined) => {
  const narrowed = Object.fromEntries(Object.entries(listQuery(asked, undefined)).filter(([name]) => name !== 'limit' && name !== 'sort'))
  const query = { ...narrowed, ...(asked.status ? { status: asked.status } : {}), ...(by ? { by } : {}), ...(aggregate ? { aggregate } : {}) }
  return queryOptions({ queryKey: [nounOf(noun), 'groups', noun, query], queryFn: () => groupsOf(noun, query) })
}
