/** What the screens about duplicates and merges ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'

export type Noun = Schema<'Noun'>
export type PairState = Schema<'PairState'>
export type Pair = Schema<'PairView'>
export type Reason = Schema<'Reason'>
export type Likely = Schema<'Likely'>
export type Rule = Schema<'Rule'>
export type Compared = Schema<'Compared'>
export type Merge = Schema<'MergeView'>
export type FieldPreview = Omit<Schema<'FieldPreview'>, 'survivor' | 'loser' | 'result'> & { survivor: unknown; loser: unknown; result: unknown }

export const nounOf = (id: string): Noun => (id.startsWith('con_') ? 'contact' : 'company')

export const listPairs = (noun: Noun, state: PairState) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/duplicates', { params: { query: { noun, state, limit: 25, ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }))

export const dismissPair = (id: string) => ok(api.POST('/api/v1/duplicates/{id}/dismiss', { params: { path: { id } } }))
export const reopenPair = (id: string) => ok(api.POST('/api/v1/duplicates/{id}/reopen', { params: { path: { id } } }))

export const sweepQuery = (noun: Noun) =>
  queryOptions({
    queryKey: ['duplicate', 'sweep', noun],
    queryFn: () => ok(api.GET('/api/v1/duplicate-sweeps', { params: { query: { noun } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'queued' || state.data?.state === 'running' ? 1500 : false),
  })
export const startSweep = (noun: Noun) => ok(api.POST('/api/v1/duplicate-sweeps', { body: { noun } }))

export const ruleQuery = (noun: Noun) =>
  queryOptions({ queryKey: ['duplicate', 'rule', noun], queryFn: () => ok(api.GET('/api/v1/duplicate-rules', { params: { query: { noun } } })) })
export const saveRule = (noun: Noun, body: Rule) => ok(api.PUT('/api/v1/duplicate-rules', { params: { query: { noun } }, body }))
export const resetRule = (noun: Noun) => ok(api.DELETE('/api/v1/duplicate-rules', { params: { query: { noun } } }))

export const likelyContacts = (body: Schema<'LikelyContact'>) => ok(api.POST('/api/v1/contacts/duplicates', { body }))
export const likelyCompanies = (body: Schema<'LikelyCompany'>) => ok(api.POST('/api/v1/companies/duplicates', { body }))

export const previewQuery = (survivor: string, loser: string, take: string[]) =>
  queryOptions({
    queryKey: ['duplicate', 'preview', survivor, loser, take],
    queryFn: () => ok(api.POST('/api/v1/merges/preview', { body: { survivor, loser, take } })),
    gcTime: 0,
  })
export const merge = (body: Schema<'MergeRequest'>) => ok(api.POST('/api/v1/merges', { body }))
export const undoMerge = (id: string) => ok(api.POST('/api/v1/merges/{id}/undo', { params: { path: { id } } }))
export const mergesQuery = (record: string) =>
  queryOptions({ queryKey: ['duplicate', 'merges', record], queryFn: () => ok(api.GET('/api/v1/merges', { params: { query: { record } } })) })

/** Everything on screen that settling a pair may touch. */
export const refreshDuplicates = () => refresh('duplicate', 'contact', 'company', 'deal', 'timeline', 'quote', 'invoice', 'home')
