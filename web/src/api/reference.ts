/** Countries, currencies, languages and time zones the server knows: the same lists in every form. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from './client'
import type { Schema } from './schema'

export type Country = Schema<'CountryView'>
export type Reference = Schema<'Reference'>

export const referenceQuery = queryOptions({
  queryKey: ['reference'],
  queryFn: () => ok(api.GET('/api/v1/reference', {})),
  staleTime: Infinity,
})
