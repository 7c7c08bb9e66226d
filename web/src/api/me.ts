/** Who is signed in, in which workspace, and what they may do. Everything after sign-in reads this. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api, ok } from './client'

export type Me = {
  account: {
    id: string
    name: string
    email: string
    phone: string | null
    language: string
    picture_url: string | null
    version: number
  }
  member: { id: string; role: string }
  tenant: {
    id: string
    name: string
    country: string
    currency: string
    language: string
    time_zone: string
  }
  permissions: string[]
  controller_entity: { code: string; name: string } | null
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => ok<Me>(api.GET('/api/v1/me', {})),
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
