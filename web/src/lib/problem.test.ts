import i18n from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { ApiError, explain, isPassing, offlineProblem, problemOf, toProblem } from './problem'

beforeAll(() =>
  i18n.init({
    lng: 'en',
    ns: ['ui'],
    resources: {
      en: { ui: { problem: { stale: 'Someone else changed this.', http_404: 'Not found.', unexpected: 'Something broke.', offline: 'No connection.' } } },
    },
  }),
)

const headers = (entries: Record<string, string> = {}) => new Headers(entries)

describe('problemOf', () => {
  it('reads a problem document', () => {
    const problem = problemOf(
      422,
      {
        type: 'about:blank',
        title: 'Unprocessable',
        code: 'invalid_input',
        detail: 'Two fields need attention.',
        fields: [{ field: 'email', code: 'taken', message: 'Already used.' }],
        request_id: 'req_1',
      },
      headers(),
    )
    expect(problem.code).toBe('invalid_input')
    expect(problem.fields).toEqual([{ field: 'email', code: 'taken', message: 'Already used.' }])
    expect(problem.request_id).toBe('req_1')
  })

  it.each([[null], ['<html>502</html>'], [[]], [{ fields: 'no' }], [42]])('survives a body of %j', (body) => {
    const problem = problemOf(502, body, headers({ 'x-request-id': 'req_9', 'retry-after': '7' }))
    expect(problem).toMatchObject({ status: 502, code: 'http_502', fields: [], request_id: 'req_9', retry_after: 7 })
  })
})

describe('explain', () => {
  const of = (status: number, body: unknown) => new ApiError(problemOf(status, body, headers()))

  it('prefers our words for a known code, then the sentence of the server, then the status', () => {
    expect(explain(of(412, { code: 'stale', detail: 'version mismatch' }))).toBe('Someone else changed this.')
    expect(explain(of(422, { code: 'odd', detail: 'The date is before the issue date.' }))).toBe(
      'The date is before the issue date.',
    )
    expect(explain(of(404, null))).toBe('Not found.')
    expect(explain(of(418, null))).toBe('Something broke.')
    expect(explain(new ApiError(offlineProblem()))).toBe('No connection.')
  })
})

it('knows which failures pass by themselves', () => {
  const of = (status: number) => new ApiError(problemOf(status, null, headers()))
  expect(isPassing(of(503))).toBe(true)
  expect(isPassing(of(429))).toBe(true)
  expect(isPassing(new ApiError(offlineProblem()))).toBe(true)
  expect(isPassing(of(404))).toBe(false)
})

it('wraps what is not an API error', () => {
  expect(toProblem(new TypeError('x is undefined'))).toMatchObject({ code: 'unexpected', detail: 'x is undefined' })
})
