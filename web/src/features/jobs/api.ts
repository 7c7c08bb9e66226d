/** What the page of background work asks of the server. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'

export type DeadJob = Schema<'DeadJobView'>
export type Work = Schema<'WorkView'>

/** Nobody is told when a job is taken up or done, so the counts are asked for while they are looked at. */
const AGAIN = 5_000

export const workQuery = queryOptions({
  queryKey: ['job', 'work'],
  queryFn: () => ok(api.GET('/api/v1/jobs', {})),
  staleTime: 0,
  refetchInterval: AGAIN,
})

export const listDead = () => (cursor: string | undefined, signal: AbortSignal) =>
  ok(api.GET('/api/v1/jobs/dead', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } }, signal }))

export const replay = (id: string) => ok(api.POST('/api/v1/jobs/{id}/replay', { params: { path: { id } } }))

export const replayAll = () => ok(api.POST('/api/v1/jobs/dead/replay', {}))

export const discard = (id: string) => ok(api.DELETE('/api/v1/jobs/{id}', { params: { path: { id } } }))
