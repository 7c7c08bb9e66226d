/** The routes of the whole app. Pages are loaded when first visited, one chunk an area. */
import { createRouter } from '@tanstack/react-router'
import { PageSkeleton } from '@/ui/Skeleton'
import { Failure, NotFound } from './Fallbacks'
import { crmRoutes } from './routes/crm'
import { identityRoutes, publicRoutes } from './routes/identity'
import { appRoute, homeRoute, publicRoute, rootRoute } from './routes/root'
import { salesRoutes } from './routes/sales'
import { watchSession } from './session'

const tree = rootRoute.addChildren([
  publicRoute.addChildren(publicRoutes),
  appRoute.addChildren([homeRoute, ...crmRoutes, ...salesRoutes, ...identityRoutes]),
])

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: Failure,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})
watchSession(router)

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
