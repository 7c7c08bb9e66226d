/** Countries, currencies, languages and time zones the server knows: the same lists in every form. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from './client'

export type Country = {
  code: string
  currency: string
  language: string
  time_zone: string
  dial_code: string | null
  tax_id_name: string | null
  tax_id_example: string | null
  tax_id_required: boolean
  controller_entity: string | null
}

export type Reference = {
  countries: Country[]
  currencies: string[]
  languages: string[]
  time_zones: string[]
  controller_entities: { code: string; name: string; countries: string[] }[]
}

export const referenceQuery = queryOptions({
  queryKey: ['reference'],
  queryFn: () => ok<Reference>(api.GET('/api/v1/reference', {})),
  staleTime: Infinity,
})
