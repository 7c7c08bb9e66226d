/** What the screens of leads ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'
import type { Option } from '@/ui/Select'
import { listQuery, type ListQuery } from '../api'

export type Lead = Schema<'LeadView'>
export type LeadStatus = Schema<'LeadStatus'>
export type LeadInput = Partial<Schema<'NewLead'>>
export type LeadChange = Partial<Schema<'ChangeLead'>>
export type LeadSetting = Schema<'LeadSettingView'>
export type ScoreRule = Schema<'ScoreRule'>
export type Condition = Schema<'LeadCondition'>
export type Look = Schema<'LeadLook'>
export type Conversion = Partial<Schema<'ConvertLead'>>

export const STATUSES = ['new', 'working', 'qualified', 'disqualified', 'converted'] as const satisfies readonly LeadStatus[]
/** Those a person chooses; the rest have an action of their own. */
export const CHOSEN = ['new', 'working', 'qualified'] as const

export type LeadQuery = Omit<ListQuery, 'state'> & { status?: LeadStatus | undefined }

const at = (id: string) => ({ params: { path: { id } } })

export const leadParams = ({ status, ...query }: LeadQuery, cursor?: string) => ({ ...listQuery(query, cursor), ...(status ? { status } : {}) })

export const listLeads = (query: LeadQuery) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/leads', { params: { query: leadParams(query, cursor) }, ...(signal ? { signal } : {}) }))

/** For comboboxes: leads whose name fits. */
export const leadOptions = async (q: string): Promise<Option[]> => {
  const page = await listLeads({ q, sort: 'name' })(undefined)
  return page.items.map((lead) => ({ value: lead.id, label: lead.name, ...(lead.company_name ? { hint: lead.company_name } : {}) }))
}

export const leadQuery = (id: string) => queryOptions({ queryKey: ['lead', 'one', id], queryFn: () => ok(api.GET('/api/v1/leads/{id}', at(id))) })

/** Who the lead may be already. Looked up anew each time the dialog opens. */
export const likelyQuery = (id: string) =>
  queryOptions({ queryKey: ['lead', 'likely', id], queryFn: () => ok(api.GET('/api/v1/leads/{id}/likely', at(id))), gcTime: 0 })

export const createLead = (body: LeadInput) => ok(api.POST('/api/v1/leads', { body }))
export const saveLead = ({ id, version }: Pick<Lead, 'id' | 'version'>, body: LeadChange) =>
  ok(api.PATCH('/api/v1/leads/{id}', { params: { path: { id }, header: ifMatch(version) }, body }))
export const deleteLead = (id: string) => ok(api.DELETE('/api/v1/leads/{id}', at(id)))
export const restoreLead = (id: string) => ok(api.POST('/api/v1/leads/{id}/restore', at(id)))
/** To the next in the workspace's own order. */
export const assignLead = (id: string) => ok(api.POST('/api/v1/leads/{id}/assign', { ...at(id), body: {} }))
export const convertLead = (id: string, body: Conversion) => ok(api.POST('/api/v1/leads/{id}/convert', { ...at(id), body: { new_company: false, ...body } }))

export const settingQuery = queryOptions({ queryKey: ['lead_setting', 'one'], queryFn: () => ok(api.GET('/api/v1/lead-settings', {})) })
export const saveSetting = ({ version, ...body }: LeadSetting) => ok(api.PUT('/api/v1/lead-settings', { params: { header: ifMatch(version) }, body }))

export const refreshLeads = () => refresh('lead', 'lead_setting', 'contact', 'company', 'deal', 'timeline', 'home')
