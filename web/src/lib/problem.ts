/**
 * What went wrong, as the API says it (application/problem+json) or as the network does.
 * Everything thrown by src/api is an ApiError.
 */
import i18n from 'i18next'

export type FieldProblem = { field: string; code: string; message: string }

export type Problem = {
  status: number
  code: string
  title: string
  detail: string
  fields: FieldProblem[]
  request_id: string | null
  retry_after: number | null
}

export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail || problem.title || problem.code)
    this.name = 'ApiError'
    this.problem = problem
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Our own words for why a field was refused, where we have them; the server speaks English only. */
function refusal(code: string): string | null {
  const key = `ui:refused.${code}`
  return code && i18n.exists(key) ? i18n.t(key) : null
}

/** Reads an error answer of any shape; a body that is not a problem still gives one. */
export function problemOf(status: number, body: unknown, headers: Headers): Problem {
  const raw = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const fields = Array.isArray(raw.fields) ? raw.fields : []
  const wait = Number(headers.get('retry-after'))
  return {
    status,
    code: text(raw.code) || `http_${status}`,
    title: text(raw.title),
    detail: text(raw.detail),
    fields: fields.map((item: Record<string, unknown>) => ({
      field: text(item?.field),
      code: text(item?.code),
      message: refusal(text(item?.code)) ?? text(item?.message),
    })),
    request_id: text(raw.request_id) || headers.get('x-request-id'),
    retry_after: Number.isFinite(wait) && wait > 0 ? wait : null,
  }
}

/** The problem of a request that got no answer at all. */
export function offlineProblem(): Problem {
  return { status: 0, code: 'offline', title: '', detail: '', fields: [], request_id: null, retry_after: null }
}

/** The problem inside anything that was thrown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem
  return {
    status: 0,
    code: 'unexpected',
    title: '',
    detail: error instanceof Error ? error.message : '',
    fields: [],
    request_id: null,
    retry_after: null,
  }
}

/**
 * One sentence for a person, in this order: our own words for a known code, the server's
 * sentence, our words for the status.
 */
export function explain(error: unknown): string {
  const problem = toProblem(error)
  const known = `ui:problem.${problem.code}`
  if (i18n.exists(known)) return i18n.t(known, { seconds: problem.retry_after ?? 0 })
  if (problem.detail) return problem.detail
  const byStatus = `ui:problem.http_${problem.status}`
  return i18n.exists(byStatus) ? i18n.t(byStatus) : i18n.t('ui:problem.unexpected')
}

/** Whether asking again may help: no answer, too many requests, or the server's own fault. */
export function isPassing(error: unknown): boolean {
  const { status } = toProblem(error)
  return status === 0 || status === 429 || status >= 500
}
