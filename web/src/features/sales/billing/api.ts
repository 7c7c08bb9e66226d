/** What the billing settings ask of the server: the issuer, its number series, how mails are signed. */
import { queryOptions } from '@tanstack/react-query'
import { looseApi as api, ifMatch, ok } from '@/api/client'
import type { Page } from '@/api/query'

export type Series = { id: string; version: number; kind: 'quote' | 'invoice'; code: string; pattern: string; reset: 'never' | 'year' | 'month'; next_number: string; actions: string[] }

export type Entity = {
  id: string
  version: number
  legal_name: string
  country: string
  tax_id: string | null
  /** What the country calls it. */
  tax_id_label: string
  street: string | null
  city: string | null
  region: string | null
  postal_code: string | null
  email: string | null
  phone: string | null
  currency: string
  language: string
  norm: 'by_category' | 'by_line'
  payment_instructions: string | null
  payment_days: number
  quote_days: number
  is_default: boolean
  actions: string[]
}

export type EntityChange = Partial<Omit<Entity, 'id' | 'version' | 'is_default' | 'tax_id_label' | 'norm' | 'country' | 'actions'>> & { tax_id_confirmed?: boolean }

export const entitiesQuery = queryOptions({
  queryKey: ['fiscal_entity', 'list'],
  queryFn: () => ok<Page<Entity>>(api.GET('/api/v1/fiscal-entities', {})),
  staleTime: 60_000,
})

export const seriesQuery = (entity: string) =>
  queryOptions({
    queryKey: ['number_series', 'list', entity],
    queryFn: () => ok<Page<Series>>(api.GET('/api/v1/fiscal-entities/{id}/number-series', { params: { path: { id: entity } } })),
  })

export const saveEntity = (entity: Entity, body: EntityChange) =>
  ok<Entity>(api.PATCH('/api/v1/fiscal-entities/{id}', { params: { path: { id: entity.id } }, headers: ifMatch(entity.version), body }))

export const saveSeries = (series: Series, body: Pick<Series, 'code' | 'pattern' | 'reset'>) =>
  ok<Series>(api.PATCH('/api/v1/number-series/{id}', { params: { path: { id: series.id } }, headers: ifMatch(series.version), body }))

export type SendingIdentity = { from_name: string; reply_to: string; signature: string | null }

export const sendingQuery = queryOptions({
  queryKey: ['sending_identity', 'one'],
  queryFn: () => ok<SendingIdentity>(api.GET('/api/v1/sending-identity', {})),
})

export const saveSending = (body: SendingIdentity) => ok<SendingIdentity>(api.PUT('/api/v1/sending-identity', { body }))
