/** What the webhook screens ask of the server, and the shapes they get. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import type { Schema } from '@/api/schema'

export type Endpoint = Schema<'EndpointView'>
export type Delivery = Schema<'DeliveryView'>
export type DeliveryDetail = Schema<'DeliveryDetail'>
export type EventType = Schema<'EventTypeView'>
export type DeliveryState = Schema<'DeliveryState'>

export const endpointsQuery = queryOptions({
  queryKey: ['webhook', 'list'],
  queryFn: () => ok(api.GET('/api/v1/webhooks', { params: { query: { limit: 200 } } })),
})

export const endpointQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhook', 'one', id],
    queryFn: () => ok(api.GET('/api/v1/webhooks/{id}', { params: { path: { id } } })),
  })

export const eventTypesQuery = queryOptions({
  queryKey: ['webhook', 'types'],
  queryFn: () => ok(api.GET('/api/v1/webhook-event-types', {})),
  staleTime: Infinity,
})

export const createEndpoint = (body: Schema<'NewEndpoint'>) => ok(api.POST('/api/v1/webhooks', { body }))

export const saveEndpoint = (endpoint: Endpoint, body: Schema<'ChangeEndpoint'>) =>
  ok(api.PATCH('/api/v1/webhooks/{id}', { params: { path: { id: endpoint.id }, header: ifMatch(endpoint.version) }, body }))

export const deleteEndpoint = (id: string) => ok(api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id } } }))

export const rotateSecret = (id: string) => ok(api.POST('/api/v1/webhooks/{id}/rotate-secret', { params: { path: { id } } }))

export const sendTest = (id: string) => ok(api.POST('/api/v1/webhooks/{id}/test', { params: { path: { id } } }))

export const startReplay = (id: string, since: string) =>
  ok(api.POST('/api/v1/webhooks/{id}/replay', { params: { path: { id } }, body: { since } }))

/** Nobody is told how far it is, so it is asked while it runs. */
export const replayQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhook_replay', id],
    queryFn: () => ok(api.GET('/api/v1/webhook-replays/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? 1_000 : false),
  })

export type LogFilter = { state?: DeliveryState; event_type?: string }

export const listDeliveries = (endpoint: string, filter: LogFilter) => (cursor: string | undefined, signal: AbortSignal) =>
  ok(
    api.GET('/api/v1/webhook-deliveries', {
      params: { query: { endpoint_id: endpoint, limit: 50, ...filter, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  )

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhook_delivery', 'one', id],
    queryFn: () => ok(api.GET('/api/v1/webhook-deliveries/{id}', { params: { path: { id } } })),
  })

export const replayDelivery = (id: string) => ok(api.POST('/api/v1/webhook-deliveries/{id}/replay', { params: { path: { id } } }))
