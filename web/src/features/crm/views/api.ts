/** Views of lists: what the server is asked and answers. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'
import type { Tree } from './tree'

export type FilterField = Schema<'FilterField'>
export type FilterOp = Schema<'FilterOp'>
/** The server keeps a filter as it was written. */
export type SavedView = Omit<Schema<'SavedViewView'>, 'filter'> & { filter: Tree | null }
export type ViewInput = { name?: string; shared?: boolean; filter?: Tree | null; q?: string | null; sort?: string | null; columns?: string[]; layout?: SavedView['layout']; layout_field?: string | null; group_by?: string | null; aggregates?: string[]; report?: Schema<'ReportSettings'> }

const at = (id: string) => ({ params: { path: { id } } })

export const viewsQuery = (noun: string) =>
  queryOptions({
    queryKey: ['view', 'list', noun],
    queryFn: async () => (await ok(api.GET('/api/v1/views', { params: { query: { noun } } }))).items as SavedView[],
    staleTime: 300_000,
  })

export const filterFieldsQuery = (noun: string) =>
  queryOptions({
    queryKey: ['custom_field', 'filter', noun],
    queryFn: async () => (await ok(api.GET('/api/v1/filter-fields', { params: { query: { noun } } }))).items,
    staleTime: 300_000,
  })

export const createView = async (noun: string, input: ViewInput & { name: string }) => (await ok(api.POST('/api/v1/views', { body: { ...input, noun } as Schema<'NewView'> }))) as SavedView

export const saveView = async (view: SavedView, input: ViewInput) =>
  (await ok(api.PATCH('/api/v1/views/{id}', { params: { path: { id: view.id }, header: ifMatch(view.version) }, body: input as Schema<'ChangeView'> }))) as SavedView

export const deleteView = (id: string) => ok(api.DELETE('/api/v1/views/{id}', at(id)))
export const restoreView = (id: string) => ok(api.POST('/api/v1/views/{id}/restore', at(id)))
export const chooseView = (id: string, body: Schema<'ChooseView'>) => ok(api.PUT('/api/v1/views/{id}/choice', { ...at(id), body }))
export const refreshViews = () => refresh('view')
