/** What a list can be filtered, grouped and added up by. To who sees no amounts none are offered: the server refuses to ask about them. */
import { useQuery } from '@tanstack/react-query'
import { useSeesAmounts } from '@/api/me'
import { filterFieldsQuery, type FilterField } from './api'

const withoutAmounts = (fields: FilterField[]) => fields.filter((field) => field.kind !== 'money')
const all = (fields: FilterField[]) => fields

export function useFilterFields(noun: string, enabled = true) {
  return useQuery({ ...filterFieldsQuery(noun), enabled, select: useSeesAmounts() ? all : withoutAmounts })
}
