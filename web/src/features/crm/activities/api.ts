/** Calls, meetings and tasks; what one has to do. Keys begin with "activity". */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { useMe } from '@/api/me'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'
import { settingQuery } from '../notifications/api'

export type Activity = Schema<'ActivityView'>
export type ActivityKind = Activity['kind']
export type NewActivity = Schema<'NewActivity'>
export type ChangeActivity = Schema<'ChangeActivity'>
export type Work = Schema<'AgendaView'>

const at = (id: string) => ({ params: { path: { id } } })

export const workQuery = queryOptions({ queryKey: ['activity', 'work'], queryFn: () => ok(api.GET('/api/v1/agenda', {})) })

/** What is still to come of a record, the next first. */
export const upcomingQuery = (subject: string) =>
  queryOptions({
    queryKey: ['activity', 'upcoming', subject],
    queryFn: () => ok(api.GET('/api/v1/activities', { params: { query: { subject, state: 'open', sort: 'due', limit: 20 } } })),
  })

/** Those of some days, in their order. */
export const listActivities = (asked: { from: string; to: string; assignee_id?: string }) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/activities', { params: { query: { ...asked, sort: 'due', limit: 200, ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }))

export const createActivity = (body: NewActivity) => ok(api.POST('/api/v1/activities', { body }))

export const saveActivity = (activity: Activity, body: ChangeActivity) =>
  ok(api.PATCH('/api/v1/activities/{id}', { params: { path: { id: activity.id }, header: ifMatch(activity.version) }, body }))

export const deleteActivity = (id: string) => ok(api.DELETE('/api/v1/activities/{id}', at(id)))
export const restoreActivity = (id: string) => ok(api.POST('/api/v1/activities/{id}/restore', at(id)))
export const completeTask = (id: string) => ok(api.POST('/api/v1/activities/{id}/complete', at(id)))
export const reopenTask = (id: string) => ok(api.POST('/api/v1/activities/{id}/reopen', at(id)))

export const refreshActivities = () => refresh('activity', 'timeline', 'home', 'notification')

/** The zone one's days begin in: one's own, or the company's. */
export function useZone(): string {
  const me = useMe()
  const setting = useQuery(settingQuery)
  return setting.data?.time_zone ?? me.tenant.time_zone
}
