/** What the screens of saved mappings ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'

export type SavedMapping = Schema<'SavedMappingView'>

const at = (id: string) => ({ params: { path: { id } } })

/** All of them by name, or those that fit an import first. `version` is the import's: another sheet has other columns. */
export const mappingsQuery = (importId?: string, version?: number) =>
  queryOptions({
    queryKey: ['import', 'mappings', importId ?? null, version ?? null],
    queryFn: () => ok(api.GET('/api/v1/import-mappings', { params: { query: importId ? { import_id: importId } : {} } })),
  })

export const createMapping = (importId: string, name: string) => ok(api.POST('/api/v1/import-mappings', { body: { import_id: importId, name } }))
export const changeMapping = (one: SavedMapping, body: Schema<'ChangeMapping'>) =>
  ok(api.PATCH('/api/v1/import-mappings/{id}', { params: { path: { id: one.id }, header: ifMatch(one.version) }, body }))
export const deleteMapping = (id: string) => ok(api.DELETE('/api/v1/import-mappings/{id}', at(id)))
export const restoreMapping = (id: string) => ok(api.POST('/api/v1/import-mappings/{id}/restore', at(id)))
export const refreshMappings = () => refresh('import')
