/**
 * The one way to the server. Adds what every request needs (language, idempotency key),
 * turns every failure into an ApiError and tells the app when the session has ended.
 */
import i18n from 'i18next'
import createClient, { type Middleware } from 'openapi-fetch'
import { ApiError, offlineProblem, problemOf } from '@/lib/problem'
import type { paths } from './schema'

type Answer<T> = { data?: T; error?: unknown; response: Response }

let signedOut: () => void = () => undefined

let tenantClosed: () => void = () => undefined

/** What to do when the server says that the workspace has been closed. */
export function onTenantClosed(handler: () => void): void {
  tenantClosed = handler
}

/** What to do when the server says that nobody is signed in (401). */
export function onSignedOut(handler: () => void): void {
  signedOut = handler
}

/**
 * Keys of POSTs that have had no answer yet, by what was asked. Pressing a button again
 * after a lost connection repeats the same key, so the server does the work only once.
 */
const unanswered = new Map<string, string>()

async function fingerprint(request: Request): Promise<string> {
  const type = request.headers.get('content-type') ?? ''
  const body = type.includes('json') ? await request.clone().text() : crypto.randomUUID()
  return `${request.url}\n${body}`
}

const headers: Middleware = {
  async onRequest({ request }) {
    request.headers.set('accept-language', i18n.resolvedLanguage ?? 'en')
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
      const asked = await fingerprint(request)
      const key = unanswered.get(asked) ?? crypto.randomUUID()
      unanswered.set(asked, key)
      request.headers.set('idempotency-key', key)
    }
    return request
  },
  onResponse({ request, response }) {
    const key = request.headers.get('idempotency-key')
    for (const [asked, kept] of unanswered) if (kept === key) unanswered.delete(asked)
    return response
  },
}

export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' })
api.use(headers)

/** The header that lets an update through only if the record is still at `version`. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` }
}

/** The body of a successful answer; throws ApiError for anything else. */
export async function ok<T>(asked: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>
  try {
    answer = await asked
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(offlineProblem())
  }
  const { response } = answer
  if (response.ok) return answer.data as T
  if (response.status === 401 && !response.url.endsWith('/api/v1/session')) signedOut()
  const problem = problemOf(response.status, answer.error, response.headers)
  if (problem.code === 'tenant_closed') tenantClosed()
  throw new ApiError(problem)
}
