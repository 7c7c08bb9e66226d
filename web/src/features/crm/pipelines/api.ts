/** Changing the pipelines: their names, their stages, the order of the stages. */
import { api, ifMatch, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Pipeline, Stage } from '../api'

const at = (id: string) => ({ params: { path: { id } } })
const changing = ({ id, version }: Stage | Pipeline) => ({ params: { path: { id }, header: ifMatch(version) } })

export const createPipeline = (name: string) => ok(api.POST('/api/v1/pipelines', { body: { name } }))

export const renamePipeline = (pipeline: Pipeline, name: string) =>
  ok(api.PATCH('/api/v1/pipelines/{id}', { ...changing(pipeline), body: { name } }))

export const orderStages = (id: string, stage_ids: string[]) =>
  ok(api.POST('/api/v1/pipelines/{id}/stage-order', { ...at(id), body: { stage_ids } }))

export const createStage = (body: { pipeline_id: string; name: string; probability: number }) =>
  ok(api.POST('/api/v1/stages', { body }))

export const saveStage = (stage: Stage, body: { name?: string; probability?: number }) =>
  ok(api.PATCH('/api/v1/stages/{id}', { ...changing(stage), body }))

export const deleteStage = (id: string) => ok(api.DELETE('/api/v1/stages/{id}', at(id)))

export const refreshPipelines = () => refresh('pipeline', 'deal', 'home')
