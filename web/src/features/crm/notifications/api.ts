/** What one was told of, and how one wants to be told. Keys begin with "notification". */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'

export type Notification = Schema<'NotificationView'>
export type NotificationChoice = Schema<'NotificationChoice'>

export const unreadQuery = queryOptions({ queryKey: ['notification', 'unread'], queryFn: () => ok(api.GET('/api/v1/notifications/unread', {})) })

export const listNotifications = (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/notifications', { params: { query: { limit: 30, ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }))

export const readNotification = (id: string) => ok(api.POST('/api/v1/notifications/{id}/read', { params: { path: { id } } }))
export const readAll = () => ok(api.POST('/api/v1/notifications/read-all', {}))

export const settingQuery = queryOptions({
  queryKey: ['notification_setting', 'one'],
  queryFn: () => ok(api.GET('/api/v1/notification-setting', {})),
  staleTime: 300_000,
})

export const saveSetting = (body: NotificationChoice) => ok(api.PUT('/api/v1/notification-setting', { body }))
