/** Changing the pipelines: their names, their stages, the order of the stages. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'
import type { Pipeline, Stage } from '../api'

const at = (id: string) => ({ params: { path: { id } } })
const changing = ({ id, version }: Stage | Pipeline) => ({ params: { path: { id }, header: ifMatch(version) } })

export const createPipeline = (name: string) => ok(api.POST('/api/v1/pipelines', { body: { name } }))

export const renamePipeline = (pipeline: Pipeline, name: string) =>
  ok(api.PATCH('/api/v1/pipelines/{id}', { ...changing(pipeline), body: { name } }))

export const orderStages = (id: string, stage_ids: string[]) =>
  ok(api.POST('/api/v1/pipelines/{id}/stage-order', { ...at(id), body: { stage_ids } }))

export const createStage = (body: { pipeline_id: string; name: string; probability: number; rots_after_days?: number | null }) =>
  ok(api.POST('/api/v1/stages', { body }))

export const saveStage = (stage: Stage, body: { name?: string; probability?: number; rots_after_days?: number | null }) =>
  ok(api.PATCH('/api/v1/stages/{id}', { ...changing(stage), body }))

export const deleteStage = (id: string) => ok(api.DELETE('/api/v1/stages/{id}', at(id)))

export const refreshPipelines = () => refresh('pipeline', 'deal', 'home')

export type LostReason = Schema<'LostReasonView'>

export const lostReasonsQuery = queryOptions({ queryKey: ['lost_reason', 'list'], queryFn: () => ok(api.GET('/api/v1/lost-reasons', {})), staleTime: 300_000 })
export const createLostReason = (label: string) => ok(api.POST('/api/v1/lost-reasons', { body: { label } }))
export const saveLostReason = (reason: LostReason, body: Schema<'ChangeLostReason'>) =>
  ok(api.PATCH('/api/v1/lost-reasons/{id}', { params: { path: { id: reason.id }, header: ifMatch(reason.version) }, body }))
export const refreshLostReasons = () => refresh('lost_reason', 'deal')
