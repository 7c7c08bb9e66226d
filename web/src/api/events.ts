/**
 * Live news from the server (server-sent events). An event names a noun and a verb
 * ("invoice.issued"); whatever is on screen about that noun is asked for again.
 * The browser reconnects by itself; after a gap everything is refreshed, because
 * nobody knows what was missed.
 */
import { useSyncExternalStore } from 'react'
import { queryClient, refresh } from './query'

export type Connection = 'connecting' | 'live' | 'offline'

let state: Connection = 'connecting'
const listeners = new Set<() => void>()

function setState(next: Connection): void {
  if (next === state) return
  state = next
  listeners.forEach((listener) => listener())
}

/** What else may look different when a noun changes. */
const ALSO: Record<string, string[]> = {
  payment: ['invoice', 'home'],
  invoice: ['home', 'payment'],
  quote: ['home', 'deal'],
  deal: ['home'],
  import: ['company', 'contact'],
  note: ['timeline'],
}

/** The nouns that an event named `name` touches. */
export function nounsOf(name: string): string[] {
  const noun = name.split(/[._]/)[0] ?? name
  return [noun, ...(ALSO[noun] ?? []), 'timeline', 'home']
}

function kindOf(message: MessageEvent<string>): string {
  try {
    return (JSON.parse(message.data) as { kind?: string }).kind ?? ''
  } catch {
    return ''
  }
}

/** Opens the connection; the returned function closes it. */
export function openEvents(): () => void {
  let lost = false
  const source = new EventSource('/events')
  source.onopen = () => {
    setState('live')
    if (lost) void queryClient.invalidateQueries()
    lost = false
  }
  source.onerror = () => {
    lost = true
    setState(navigator.onLine ? 'connecting' : 'offline')
  }
  source.addEventListener('change', (message: MessageEvent<string>) => {
    const kind = kindOf(message)
    if (kind) void refresh(...nounsOf(kind))
  })
  const offline = () => setState('offline')
  const online = () => setState('connecting')
  addEventListener('offline', offline)
  addEventListener('online', online)
  return () => {
    source.close()
    removeEventListener('offline', offline)
    removeEventListener('online', online)
  }
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}
