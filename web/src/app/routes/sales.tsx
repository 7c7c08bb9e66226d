/** Quotes, invoices, payments, mail log. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { asOneOf, asText, listSearch, type ListSearch } from '@/lib/listSearch'
import { appRoute } from './root'

const company = (search: Record<string, unknown>): { company?: string } => {
  const value = asText(search.company)
  return value ? { company: value } : {}
}

/** `new` leads on to the editor, so that the palette opens it as it opens other forms. */
const isNew = (search: Record<string, unknown>): { new?: boolean } => (search.new === true ? { new: true } : {})

export type QuoteSearch = ListSearch & { state?: 'draft' | 'sent' | 'accepted' | 'declined' | 'expired' | 'revoked'; company?: string; new?: boolean }

const quoteList = (search: Record<string, unknown>): QuoteSearch => {
  const state = asOneOf(search.state, ['draft', 'sent', 'accepted', 'declined', 'expired', 'revoked'])
  return { ...listSearch(search), ...company(search), ...isNew(search), ...(state ? { state } : {}) }
}

export type InvoiceSearch = ListSearch & { kind?: 'invoice' | 'credit_note' | 'debit_note'; status?: 'draft' | 'open' | 'partly_paid' | 'overdue' | 'paid'; company?: string; new?: boolean }

const invoiceList = (search: Record<string, unknown>): InvoiceSearch => {
  const status = asOneOf(search.status, ['draft', 'open', 'partly_paid', 'overdue', 'paid'])
  const kind = asOneOf(search.kind, ['invoice', 'credit_note', 'debit_note'])
  return { ...listSearch(search), ...company(search), ...isNew(search), ...(status ? { status } : {}), ...(kind ? { kind } : {}) }
}

const start = (search: Record<string, unknown>): { company?: string; contact?: string; deal?: string } => {
  const contact = asText(search.contact)
  const deal = asText(search.deal)
  return { ...company(search), ...(contact ? { contact } : {}), ...(deal ? { deal } : {}) }
}

const sortOnly = (search: Record<string, unknown>): { sort?: string } => {
  const sort = asText(search.sort)
  return sort ? { sort } : {}
}

const mailList = (search: Record<string, unknown>): { state?: 'queued' | 'sent' | 'failed' | 'unknown' } => {
  const state = asOneOf(search.state, ['queued', 'sent', 'failed', 'unknown'])
  return state ? { state } : {}
}

export const salesRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/quotes',
    validateSearch: quoteList,
    beforeLoad: ({ search }): void => {
      if (search.new) throw redirect({ to: '/quotes/new', search: search.company ? { company: search.company } : {} })
    },
    component: lazyRouteComponent(() => import('@/features/sales/quotes/QuoteList'), 'QuoteList'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/quotes/new',
    validateSearch: start,
    component: lazyRouteComponent(() => import('@/features/sales/quotes/QuoteEditor'), 'NewQuote'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/quotes/$id',
    component: lazyRouteComponent(() => import('../pages/sales'), 'QuotePage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/quotes/$id/edit',
    component: lazyRouteComponent(() => import('@/features/sales/quotes/QuoteEditor'), 'EditQuote'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/invoices',
    validateSearch: invoiceList,
    beforeLoad: ({ search }): void => {
      if (search.new) throw redirect({ to: '/invoices/new', search: search.company ? { company: search.company } : {} })
    },
    component: lazyRouteComponent(() => import('@/features/sales/invoices/InvoiceList'), 'InvoiceList'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/invoices/new',
    validateSearch: start,
    component: lazyRouteComponent(() => import('@/features/sales/invoices/InvoiceEditor'), 'NewInvoice'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/invoices/$id',
    component: lazyRouteComponent(() => import('../pages/sales'), 'InvoicePage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/invoices/$id/edit',
    component: lazyRouteComponent(() => import('@/features/sales/invoices/InvoiceEditor'), 'EditInvoice'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/payments',
    validateSearch: sortOnly,
    component: lazyRouteComponent(() => import('@/features/sales/payments/PaymentList'), 'PaymentList'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/mail',
    validateSearch: mailList,
    component: lazyRouteComponent(() => import('@/features/mail/MailList'), 'MailList'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/mail/$id',
    component: lazyRouteComponent(() => import('@/features/mail/MailRecord'), 'MailRecord'),
  }),
] as const
