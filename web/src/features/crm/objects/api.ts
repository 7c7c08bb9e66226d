/** Custom objects and their records: what the server is asked and answers. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, ifMatch, ok } from '@/api/client'
import { useMe } from '@/api/me'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'
import type { Option } from '@/ui/Select'
import { listQuery, type ListQuery } from '../api'

export type OwnObject = Schema<'ObjectView'>
export type OwnRecord = Schema<'CustomRecordView'>
export type Pointing = Schema<'RelatedRecords'>

const at = (id: string) => ({ params: { path: { id } } })
const changing = ({ id, version }: { id: string; version: number }) => ({ params: { path: { id }, header: ifMatch(version) } })

/** All of them, archived ones too. */
export const objectsQuery = queryOptions({
  queryKey: ['custom_object', 'list'],
  queryFn: () => ok(api.GET('/api/v1/custom-objects', { params: { query: { archived: true } } })),
  staleTime: 300_000,
})

const NONE: OwnObject[] = []

/** Those in use, in their order; none for who may not see their records. */
export function useObjects(): OwnObject[] {
  const { permissions } = useMe()
  const may = permissions.includes('custom_object.read') && permissions.includes('custom_record.read')
  const { data } = useQuery({ ...objectsQuery, enabled: may })
  return useMemo(() => data?.items.filter((object) => !object.archived_at) ?? NONE, [data])
}

export const createObject = (body: Schema<'NewObject'>) => ok(api.POST('/api/v1/custom-objects', { body }))
export const saveObject = (object: OwnObject, body: Schema<'ChangeObject'>) => ok(api.PATCH('/api/v1/custom-objects/{id}', { ...changing(object), body }))
export const archiveObject = (id: string) => ok(api.POST('/api/v1/custom-objects/{id}/archive', at(id)))
export const restoreObject = (id: string) => ok(api.POST('/api/v1/custom-objects/{id}/restore', at(id)))
export const deleteObject = (id: string) => ok(api.DELETE('/api/v1/custom-objects/{id}', at(id)))
export const refreshObjects = () => refresh('custom_object', 'custom_field')

export const listRecords = (object: string, query: ListQuery) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/custom-objects/{id}/records', { params: { path: { id: object }, query: listQuery(query, cursor) }, ...(signal ? { signal } : {}) }))

export const recordQuery = (id: string) =>
  queryOptions({ queryKey: ['custom_record', 'one', id], queryFn: () => ok(api.GET('/api/v1/custom-records/{id}', at(id))) })

export const createRecord = (object: string, body: Schema<'NewCustomRecord'>) => ok(api.POST('/api/v1/custom-objects/{id}/records', { ...at(object), body }))
export const saveRecord = (record: Pick<OwnRecord, 'id' | 'version'>, body: Schema<'ChangeCustomRecord'>) =>
  ok(api.PATCH('/api/v1/custom-records/{id}', { ...changing(record), body }))
export const deleteRecord = (id: string) => ok(api.DELETE('/api/v1/custom-records/{id}', at(id)))
export const restoreRecord = (id: string) => ok(api.POST('/api/v1/custom-records/{id}/restore', at(id)))

export const relatedQuery = (record: string) =>
  queryOptions({ queryKey: ['custom_record', 'related', record], queryFn: () => ok(api.GET('/api/v1/related', { params: { query: { record } } })) })

/** For comboboxes: records of the object whose name fits. */
export const recordOptions =
  (object: string) =>
  async (q: string): Promise<Option[]> => {
    const page = await listRecords(object, { q, sort: 'name' })(undefined)
    return page.items.map((record) => ({ value: record.id, label: record.name }))
  }
