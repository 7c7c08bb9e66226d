import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nounsOf, openEvents } from './events'
import { queryClient } from './query'

class FakeSource extends EventTarget {
  static CLOSED = 2
  static all: FakeSource[] = []
  readyState = 1
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  closed = false
  constructor(readonly url: string) {
    super()
    FakeSource.all.push(this)
  }
  close() {
    this.closed = true
  }
  say(data: unknown, event = 'change') {
    this.dispatchEvent(new MessageEvent(event, { data: typeof data === 'string' ? data : JSON.stringify(data) }))
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  FakeSource.all = []
  vi.stubGlobal('EventSource', FakeSource)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** The query keys that would be asked again by the calls of `spy`. */
function touched(spy: { mock: { calls: unknown[][] } }, keys: string[]): string[] {
  return keys.filter((key) =>
    spy.mock.calls.some(([filters]) => {
      const { predicate } = (filters ?? {}) as { predicate?: (query: { queryKey: string[] }) => boolean }
      return predicate ? predicate({ queryKey: [key] }) : true
    }),
  )
}

it('knows which lists a kind of event touches', () => {
  expect(nounsOf('invoice.issued')).toEqual(['invoice', 'payment', 'company_group', 'timeline', 'home'])
  expect(nounsOf('submission.rejected')).toContain('form')
  expect(nounsOf('deal.won')).toContain('lead')
  expect(nounsOf('company.created')).toEqual(['company', 'company_group', 'timeline', 'home'])
  expect(nounsOf('import_mapping.updated')).toContain('import')
})

it('gathers a burst into one refresh of what it touches, and of nothing else', () => {
  const spy = vi.spyOn(queryClient, 'invalidateQueries')
  const close = openEvents()
  const [source] = FakeSource.all
  for (let index = 0; index < 50; index++) source?.say({ kind: 'deal.moved', subject: 'dea_1' })
  source?.say('not json')
  vi.advanceTimersByTime(1000)
  expect(spy).toHaveBeenCalledTimes(1)
  expect(touched(spy, ['deal', 'invoice', 'home'])).toEqual(['deal', 'home'])
  close()
  expect(source?.closed).toBe(true)
})

it('asks for everything after a gap the server cannot fill, and opens anew what it refused', () => {
  const spy = vi.spyOn(queryClient, 'invalidateQueries')
  const close = openEvents()
  const first = FakeSource.all[0]
  first?.onopen?.()
  first?.say({ resumed: false }, 'ready')
  expect(spy).not.toHaveBeenCalled()
  first?.onerror?.()
  first?.onopen?.()
  first?.say({ resumed: true }, 'ready')
  expect(spy).not.toHaveBeenCalled()
  if (first) first.readyState = FakeSource.CLOSED
  first?.onerror?.()
  vi.advanceTimersByTime(6000)
  expect(FakeSource.all).toHaveLength(2)
  FakeSource.all[1]?.onopen?.()
  FakeSource.all[1]?.say({ resumed: false }, 'ready')
  expect(touched(spy, ['deal', 'anything'])).toEqual(['deal', 'anything'])
  close()
})
