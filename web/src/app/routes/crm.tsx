/** Companies, contacts, deals, imports. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { asOneOf, asText, listSearch, type ListSearch } from '@/lib/listSearch'
import { KINDS as REPORTS } from '@/features/crm/reports/api'
import { PERIODS } from '@/features/crm/reports/period'
import type { ReportAsked } from '@/features/crm/reports/useReportView'
import { isTree } from '@/features/crm/views/tree'
import { LAYOUTS, type ViewSearch } from '@/features/crm/views/useListView'
import { appRoute } from './root'

export type RecordListSearch = ListSearch & { new?: boolean; owner?: string; company?: string; choice?: string } & ViewSearch

/** Lists open their form for ?new=true, so that the palette and other records can lead there. */
const recordList = (search: Record<string, unknown>): RecordListSearch => {
  const owner = asText(search.owner)
  const company = asText(search.company)
  const choice = asText(search.choice)
  const saved = asText(search.saved)
  // What is in it, the server reads.
  const filter = isTree(search.filter) ? search.filter : undefined
  const by = asText(search.by)
  const sum = asText(search.sum)
  const layout = asOneOf(search.layout, LAYOUTS)
  const on = asText(search.on)
  return {
    ...listSearch(search),
    ...(search.new === true ? { new: true } : {}),
    ...(owner ? { owner } : {}),
    ...(company ? { company } : {}),
    ...(choice ? { choice } : {}),
    ...(saved ? { saved } : {}),
    ...(filter ? { filter } : {}),
    ...(by ? { by } : {}),
    ...(sum ? { sum } : {}),
    ...(layout ? { layout } : {}),
    ...(on ? { on } : {}),
  }
}

export type ReportSearch = ReportAsked

export type DealSearch = RecordListSearch & { view?: 'list'; pipeline?: string; state?: 'open' | 'won' | 'lost' }

const dealList = (search: Record<string, unknown>): DealSearch => {
  const pipeline = asText(search.pipeline)
  const state = asOneOf(search.state, ['open', 'won', 'lost'])
  return {
    ...recordList(search),
    ...(search.view === 'list' ? { view: 'list' as const } : {}),
    ...(pipeline ? { pipeline } : {}),
    ...(state ? { state } : {}),
  }
}

export type LeadSearch = RecordListSearch & { status?: 'new' | 'working' | 'qualified' | 'disqualified' | 'converted' }

const leadList = (search: Record<string, unknown>): LeadSearch => {
  const status = asOneOf(search.status, ['new', 'working', 'qualified', 'disqualified', 'converted'])
  return { ...recordList(search), ...(status ? { status } : {}) }
}

const reports = (search: Record<string, unknown>): ReportSearch => {
  const kind = asOneOf(search.kind, REPORTS)
  const period = asOneOf(search.period, PERIODS)
  const pipeline = asText(search.pipeline)
  const owner = asText(search.owner)
  const saved = asText(search.saved)
  const filter = isTree(search.filter) ? search.filter : undefined
  return { ...(saved ? { saved } : {}), ...(filter ? { filter } : {}), ...(kind ? { kind } : {}), ...(period ? { period } : {}), ...(pipeline ? { pipeline } : {}), ...(owner ? { owner } : {}) }
}

export type DuplicateSearch = { noun?: 'contact' | 'company'; state?: 'open' | 'distinct' }

const duplicateList = (search: Record<string, unknown>): DuplicateSearch => {
  const noun = asOneOf(search.noun, ['contact', 'company'])
  const state = asOneOf(search.state, ['open', 'distinct'])
  return { ...(noun ? { noun } : {}), ...(state ? { state } : {}) }
}

const work = (search: Record<string, unknown>): { new?: boolean; view?: 'calendar' } => ({
  ...(search.new === true ? { new: true } : {}),
  ...(search.view === 'calendar' ? { view: 'calendar' as const } : {}),
})

export const crmRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/work',
    validateSearch: work,
    component: lazyRouteComponent(() => import('@/features/crm/activities/WorkPage'), 'WorkPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/companies',
    validateSearch: recordList,
    component: lazyRouteComponent(() => import('@/features/crm/companies/CompanyList'), 'CompanyList'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/companies/$id',
    component: lazyRouteComponent(() => import('../pages/crm'), 'CompanyPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/contacts',
    validateSearch: recordList,
    component: lazyRouteComponent(() => import('@/features/crm/contacts/ContactList'), 'ContactList'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/contacts/$id',
    component: lazyRouteComponent(() => import('../pages/crm'), 'ContactPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/deals',
    validateSearch: dealList,
    component: lazyRouteComponent(() => import('@/features/crm/deals/DealPage'), 'DealPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/deals/$id',
    component: lazyRouteComponent(() => import('../pages/crm'), 'DealRecordPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/leads',
    validateSearch: leadList,
    component: lazyRouteComponent(() => import('@/features/crm/leads/LeadList'), 'LeadList'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/leads/$id',
    component: lazyRouteComponent(() => import('@/features/crm/leads/LeadRecord'), 'LeadRecord'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/reports',
    validateSearch: reports,
    component: lazyRouteComponent(() => import('@/features/crm/reports/Reports'), 'Reports'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/objects/$id',
    validateSearch: recordList,
    component: lazyRouteComponent(() => import('@/features/crm/objects/RecordList'), 'RecordList'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/records/$id',
    component: lazyRouteComponent(() => import('@/features/crm/objects/RecordPage'), 'RecordPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/forms',
    component: lazyRouteComponent(() => import('@/features/crm/forms/FormList'), 'FormList'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/forms/quarantine',
    component: lazyRouteComponent(() => import('@/features/crm/forms/QuarantinePage'), 'QuarantinePage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/forms/$id',
    component: lazyRouteComponent(() => import('@/features/crm/forms/FormPage'), 'FormPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/duplicates',
    validateSearch: duplicateList,
    component: lazyRouteComponent(() => import('@/features/crm/duplicates/DuplicatesPage'), 'DuplicatesPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/imports',
    validateSearch: (search: Record<string, unknown>): { noun?: string } => {
      const noun = asText(search.noun)
      return noun ? { noun } : {}
    },
    component: lazyRouteComponent(() => import('@/features/crm/imports/ImportList'), 'ImportList'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/imports/$id',
    component: lazyRouteComponent(() => import('@/features/crm/imports/ImportPage'), 'ImportPage'),
  }),
] as const
