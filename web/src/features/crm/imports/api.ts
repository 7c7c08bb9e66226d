/** What the import screens ask of the server, and the shapes they get. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import type { Schema } from '@/api/schema'

export type Dialect = Schema<'ImportDialect'>
export type ImportColumn = Schema<'ImportColumn'>
export type ImportState = Schema<'ImportState'>
export type ImportOptions = Schema<'ImportOptions'>
export type Import = Schema<'ImportView'>
/** What may be changed before the first row is taken. */
export type ImportChange = Schema<'ChangeImport'>
export type MatchBy = Schema<'MatchBy'>
export type PreviewContact = Schema<'PreviewContact'>
export type PreviewRow = Schema<'PreviewRow'>

const at = (id: string) => ({ params: { path: { id } } })

export const listImports = (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/imports', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }))

/** Whether the server is still at work on it. */
export const isBusy = (state: ImportState) => state === 'running' || state === 'undoing'

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', 'one', id],
    queryFn: () => ok(api.GET('/api/v1/imports/{id}', at(id))),
    // Events tell of each step; asking now and then covers a lost connection.
    refetchInterval: (query) => (query.state.data && (isBusy(query.state.data.state) || query.state.data.trial?.state === 'running') ? 1500 : false),
  })

export const previewQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['import', 'preview', id, version],
    queryFn: () => ok(api.GET('/api/v1/imports/{id}/preview', { params: { path: { id }, query: { limit: 30 } } })),
  })

export const upload = ({ file, noun }: { file: File; noun: string }) => {
  const form = new FormData()
  form.append('file', file)
  return ok(api.POST('/api/v1/imports', { params: { query: { noun } }, body: form as unknown as Schema<'ImportUpload'>, bodySerializer: (body) => body as unknown as FormData }))
}

export const saveImport = (one: Import, body: ImportChange) =>
  ok(api.PATCH('/api/v1/imports/{id}', { ...at(one.id), headers: ifMatch(one.version), body }))

export const deleteImport = (id: string) => ok(api.DELETE('/api/v1/imports/{id}', at(id)))
export const startImport = (id: string) => ok(api.POST('/api/v1/imports/{id}/start', at(id)))
export const tryImport = (id: string) => ok(api.POST('/api/v1/imports/{id}/trial', at(id)))
export const undoImport = (id: string) => ok(api.POST('/api/v1/imports/{id}/undo', at(id)))
