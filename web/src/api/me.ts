/** Who is signed in, in which workspace, and what they may do. Everything after sign-in reads this. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api, ok } from './client'
import type { Schema } from './schema'

export type Me = Schema<'Me'>

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => ok(api.GET('/api/v1/me', {})),
  staleTime: 300_000,
  retry: false,
})

/** The signed-in person. Only inside the signed-in part of the app, where it is always there. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** Whether the person may do `permission` ("company.edit"). */
export function useCan(permission: string): boolean {
  return useMe().permissions.includes(permission)
}

/** Whether the person may see amounts of money. To who may not, the server sends none, and takes none. */
export const useSeesAmounts = (): boolean => useCan('amount.read')
