/** Signing in and up, and the settings. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import type { AuditFilter } from '@/features/identity/audit/api'
import { asText } from '@/lib/listSearch'
import { appRoute, publicRoute } from './root'

const token = (search: Record<string, unknown>): { token?: string } => {
  const value = asText(search.token)
  return value ? { token: value } : {}
}

/** Only an address of our own may be gone back to after signing in. */
const next = (search: Record<string, unknown>): { next?: string } => {
  const value = asText(search.next)
  return value && /^\/(?![/\\])/.test(value) ? { next: value } : {}
}

/** The filters of the audit page. */
function audit(search: Record<string, unknown>): AuditFilter {
  const names = ['action', 'actor', 'subject', 'from', 'to'] as const
  return Object.fromEntries(names.flatMap((name) => (asText(search[name]) ? [[name, asText(search[name])]] : [])))
}

export const publicRoutes = [
  createRoute({
    getParentRoute: () => publicRoute,
    path: '/sign-in',
    validateSearch: next,
    component: lazyRouteComponent(() => import('@/features/identity/public/SignIn'), 'SignIn'),
  }),
  createRoute({
    getParentRoute: () => publicRoute,
    path: '/sign-up',
    component: lazyRouteComponent(() => import('@/features/identity/public/SignUp'), 'SignUp'),
  }),
  createRoute({
    getParentRoute: () => publicRoute,
    path: '/confirm-email',
    validateSearch: token,
    component: lazyRouteComponent(() => import('@/features/identity/public/ConfirmEmail'), 'ConfirmEmail'),
  }),
  createRoute({
    getParentRoute: () => publicRoute,
    path: '/forgot-password',
    component: lazyRouteComponent(() => import('@/features/identity/public/ForgotPassword'), 'ForgotPassword'),
  }),
  createRoute({
    getParentRoute: () => publicRoute,
    path: '/reset-password',
    validateSearch: token,
    component: lazyRouteComponent(() => import('@/features/identity/public/ResetPassword'), 'ResetPassword'),
  }),
  createRoute({
    getParentRoute: () => publicRoute,
    path: '/accept-invitation',
    validateSearch: token,
    component: lazyRouteComponent(() => import('@/features/identity/public/AcceptInvitation'), 'AcceptInvitation'),
  }),
] as const

const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/identity/settings/SettingsLayout'), 'SettingsLayout'),
})

// A list of its own: routes made inside the call of addChildren() lose their types.
const settingsPages = [
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/',
    beforeLoad: (): void => {
      throw redirect({ to: '/settings/profile' })
    },
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/profile',
    component: lazyRouteComponent(() => import('@/features/identity/settings/Profile'), 'Profile'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/sessions',
    component: lazyRouteComponent(() => import('@/features/identity/settings/Sessions'), 'Sessions'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/notifications',
    component: lazyRouteComponent(() => import('@/features/crm/notifications/NotificationSettings'), 'NotificationSettings'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/workspace',
    component: lazyRouteComponent(() => import('@/features/identity/settings/Workspace'), 'Workspace'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/pipelines',
    component: lazyRouteComponent(() => import('@/features/crm/pipelines/Pipelines'), 'Pipelines'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/custom-fields',
    component: lazyRouteComponent(() => import('@/features/crm/custom/CustomFields'), 'CustomFields'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/custom-objects',
    component: lazyRouteComponent(() => import('@/features/crm/objects/Objects'), 'Objects'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/bulk-changes',
    component: lazyRouteComponent(() => import('@/features/crm/bulk/BulkChanges'), 'BulkChanges'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/members',
    component: lazyRouteComponent(() => import('@/features/identity/settings/Members'), 'Members'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/teams',
    component: lazyRouteComponent(() => import('@/features/identity/settings/Teams'), 'Teams'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/roles',
    component: lazyRouteComponent(() => import('@/features/identity/settings/Roles'), 'Roles'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/api-keys',
    component: lazyRouteComponent(() => import('@/features/identity/settings/ApiKeys'), 'ApiKeys'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/webhooks',
    component: lazyRouteComponent(() => import('@/features/webhooks/Webhooks'), 'Webhooks'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/webhooks/$id',
    component: lazyRouteComponent(() => import('@/features/webhooks/EndpointPage'), 'EndpointPage'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/background-work',
    component: lazyRouteComponent(() => import('@/features/jobs/BackgroundWork'), 'BackgroundWork'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/audit',
    validateSearch: audit,
    component: lazyRouteComponent(() => import('@/features/identity/audit/AuditPage'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => settingsRoute,
    path: '/billing',
    component: lazyRouteComponent(() => import('@/features/sales/billing/BillingSettings'), 'BillingSettings'),
  }),
] as const

export const identityRoutes = [settingsRoute.addChildren(settingsPages)] as const
