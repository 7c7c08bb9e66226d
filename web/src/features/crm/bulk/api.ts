/** Changes to many records at once: what the server is asked and answers. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'

export type BulkChange = Schema<'BulkChangeView'>
export type BulkAction = Schema<'BulkAction'>
export type Refusal = Schema<'BulkRefusalView'>
/** Which records: those named, or all that the list finds. */
export type Which = { ids: string[] } | { find: string }

const at = (id: string) => ({ params: { path: { id } } })

export const isMoving = (change: BulkChange): boolean => change.state === 'running' || change.state === 'undoing'

export const startBulk = (noun: string, which: Which, action: BulkAction) => ok(api.POST('/api/v1/bulk-changes', { body: { noun, ...which, action } }))

export const bulkQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulk_change', 'one', id],
    queryFn: () => ok(api.GET('/api/v1/bulk-changes/{id}', at(id))),
    // Events tell how far it is; this is for who has none.
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data) ? 2_000 : false),
  })

export const listBulk = (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/bulk-changes', { params: { query: { limit: 30, ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }))

export const listRefused = (id: string) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/bulk-changes/{id}/refused', { params: { path: { id }, query: { limit: 50, ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }))

export const stopBulk = (id: string) => ok(api.POST('/api/v1/bulk-changes/{id}/stop', at(id)))
export const undoBulk = (id: string) => ok(api.POST('/api/v1/bulk-changes/{id}/undo', at(id)))

/** Everything that many changed records may show up in. */
export const refreshBulk = () => refresh('bulk_change', 'company', 'contact', 'deal', 'lead', 'custom_record', 'activity', 'timeline', 'home')

/** The query string that finds again what a list shows, whatever its order and page. */
export function findOf(query: Record<string, unknown>): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (['limit', 'cursor', 'sort'].includes(name) || value === undefined || value === null) continue
    parts.append(name, String(value))
  }
  return parts.toString()
}
