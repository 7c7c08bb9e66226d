/** The three roots: everything, what needs no sign-in, what needs one. */
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { meQuery } from '@/api/me'
import { queryClient } from '@/api/query'
import { toProblem } from '@/lib/problem'
import { NotFound } from '../Fallbacks'
import { Shell } from '../Shell'

export const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

export const publicRoute = createRoute({ getParentRoute: () => rootRoute, id: '_public', component: Outlet })

export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: '_app',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (toProblem(error).status !== 401) throw error
      throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { next: location.href } })
    }
  },
  component: Shell,
})

export const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/home'), 'HomePage'),
})
