/** The workspace's own fields: what the server is asked and answers. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, ifMatch, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'

export type CustomField = Schema<'CustomFieldView'>
export type CustomObject = Schema<'CustomObject'>
export type CustomKind = Schema<'CustomKind'>
/** Values of a record by the keys of their fields. */
export type Custom = Record<string, unknown>

/** Those that every workspace has; its own come behind them. */
export const OBJECTS = ['company', 'contact', 'deal', 'lead'] as const
export const KINDS = ['text', 'long_text', 'number', 'money', 'date', 'choice', 'multi_choice', 'link', 'email', 'phone', 'person', 'relation'] as const satisfies readonly CustomKind[]

const at = (id: string) => ({ params: { path: { id } } })

export const customFieldsQuery = queryOptions({
  queryKey: ['custom_field', 'list'],
  queryFn: () => ok(api.GET('/api/v1/custom-fields', { params: { query: { archived: true } } })),
  staleTime: 300_000,
})

/** One with the number of records that have a value. */
export const customFieldQuery = (id: string) =>
  queryOptions({ queryKey: ['custom_field', 'one', id], queryFn: () => ok(api.GET('/api/v1/custom-fields/{id}', at(id))), staleTime: 0 })

const NONE: CustomField[] = []

/** The fields of an object that take values, in their order. */
export function useCustomFields(object: CustomObject): CustomField[] {
  const { data } = useQuery(customFieldsQuery)
  return useMemo(() => data?.items.filter((field) => field.object === object && !field.archived_at) ?? NONE, [data, object])
}

export const createCustomField = (body: Schema<'NewCustomField'>) => ok(api.POST('/api/v1/custom-fields', { body }))

export const saveCustomField = (field: CustomField, body: Schema<'ChangeCustomField'>) =>
  ok(api.PATCH('/api/v1/custom-fields/{id}', { params: { path: { id: field.id }, header: ifMatch(field.version) }, body }))

export const archiveCustomField = (id: string) => ok(api.POST('/api/v1/custom-fields/{id}/archive', at(id)))
export const restoreCustomField = (id: string) => ok(api.POST('/api/v1/custom-fields/{id}/restore', at(id)))
export const deleteCustomField = (id: string) => ok(api.DELETE('/api/v1/custom-fields/{id}', at(id)))

export const orderCustomFields = (object: CustomObject, field_ids: string[]) =>
  ok(api.POST('/api/v1/custom-fields/{object}/order', { params: { path: { object } }, body: { field_ids } }))

export const previewConversion = (id: string, body: Schema<'ConvertCustomField'>) =>
  ok(api.POST('/api/v1/custom-fields/{id}/conversion-preview', { ...at(id), body }))

export const convertCustomField = (id: string, body: Schema<'ConvertCustomField'>) =>
  ok(api.POST('/api/v1/custom-fields/{id}/convert', { ...at(id), body }))

export const refreshCustomFields = () => refresh('custom_field', 'company', 'contact', 'deal', 'lead', 'custom_record')
