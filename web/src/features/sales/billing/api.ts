/** What the billing settings ask of the server: the issuer, its number series, how mails are signed. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import type { Schema } from '@/api/schema'

export type Series = Schema<'NumberSeriesView'>
export type Entity = Schema<'FiscalEntityView'>

export const entitiesQuery = queryOptions({
  queryKey: ['fiscal_entity', 'list'],
  queryFn: () => ok(api.GET('/api/v1/fiscal-entities', {})),
  staleTime: 60_000,
})

export const seriesQuery = (entity: string) =>
  queryOptions({
    queryKey: ['number_series', 'list', entity],
    queryFn: () => ok(api.GET('/api/v1/fiscal-entities/{id}/number-series', { params: { path: { id: entity } } })),
  })

export const saveEntity = (entity: Entity, body: Schema<'ChangeFiscalEntity'>) =>
  ok(api.PATCH('/api/v1/fiscal-entities/{id}', { params: { path: { id: entity.id }, header: ifMatch(entity.version) }, body }))

export const saveSeries = (series: Series, body: Schema<'ChangeNumberSeries'>) =>
  ok(api.PATCH('/api/v1/number-series/{id}', { params: { path: { id: series.id }, header: ifMatch(series.version) }, body }))

export type SendingIdentity = Schema<'SendingIdentityView'>

export const sendingQuery = queryOptions({
  queryKey: ['sending_identity', 'one'],
  queryFn: () => ok(api.GET('/api/v1/sending-identity', {})),
})

export const saveSending = (body: Schema<'ChangeSendingIdentity'>) => ok(api.PUT('/api/v1/sending-identity', { body }))
