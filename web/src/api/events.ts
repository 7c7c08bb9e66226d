/**
 * Live news from the server (server-sent events). An event names a kind ("invoice.issued") and a
 * record; whatever is on screen about that noun is asked for again, at most a few times a second.
 * The browser says where it was when it connects anew, and is told what it missed; where the server
 * cannot tell, everything is refreshed.
 */
import { useSyncExternalStore } from 'react'
import { queryClient, refresh } from './query'

export type Connection = 'off' | 'connecting' | 'live' | 'offline'

/** Between two refreshes while events come thick, as during an import. */
const PAUSE = 400
/** Before a connection that the server refused is tried anew; a lost one the browser renews by itself. */
const RETRY = 5_000

let state: Connection = 'off'
const listeners = new Set<() => void>()

function setState(next: Connection): void {
  if (next === state) return
  state = next
  listeners.forEach((listener) => listener())
}

/** What else may look different when a noun changes. */
const ALSO: Record<string, string[]> = {
  payment: ['invoice', 'company_group'],
  refund: ['payment', 'invoice', 'company_group'],
  credit_note: ['invoice', 'payment', 'company_group'],
  invoice: ['payment', 'company_group'],
  // What a group of companies amounts to stands in the records of each of them.
  company: ['company_group'],
  contact: ['company_group'],
  quote: ['deal'],
  call: ['activity'],
  meeting: ['activity'],
  task: ['activity'],
  import: ['company', 'contact', 'company_group'],
  import_mapping: ['import'],
  // What a form holds back is shown with the forms.
  submission: ['form'],
  lead: ['contact', 'company', 'deal', 'company_group'],
  // Where leads came from counts what was won of them.
  deal: ['lead', 'company_group'],
  // And who did what counts notes.
  note: ['activity'],
  pipeline: ['deal'],
  team: ['role', 'company', 'company_group', 'contact', 'deal', 'lead', 'custom_record', 'activity'],
  role: ['me', 'company', 'company_group', 'contact', 'deal', 'lead', 'custom_record', 'activity'],
}

/** The nouns that an event of `kind` touches. */
export function nounsOf(kind: string): string[] {
  const noun = kind.split('.')[0] ?? kind
  return [noun, ...(ALSO[noun] ?? []), 'timeline', 'home']
}

function read(message: MessageEvent<string>): { kind?: string; resumed?: boolean } {
  try {
    return JSON.parse(message.data) as { kind?: string; resumed?: boolean }
  } catch {
    return {}
  }
}

let waiting = new Set<string>()
let timer: ReturnType<typeof setTimeout> | undefined

function note(kind: string): void {
  nounsOf(kind).forEach((noun) => waiting.add(noun))
  timer ??= setTimeout(() => {
    const nouns = [...waiting]
    waiting = new Set()
    timer = undefined
    void refresh(...nouns)
  }, PAUSE)
}

/** Opens the connection and keeps it; the returned function ends it. */
export function openEvents(): () => void {
  let source: EventSource
  let again: ReturnType<typeof setTimeout> | undefined
  let first = true
  const open = () => {
    source = new EventSource('/events')
    source.onopen = () => {
      setState('live')
    }
    source.onerror = () => {
      setState(navigator.onLine ? 'connecting' : 'offline')
      if (source.readyState === EventSource.CLOSED) again = setTimeout(open, RETRY)
    }
    source.addEventListener('ready', (message: MessageEvent<string>) => {
      if (!first && !read(message).resumed) void queryClient.invalidateQueries()
      first = false
    })
    source.addEventListener('change', (message: MessageEvent<string>) => {
      const { kind } = read(message)
      if (kind) note(kind)
    })
  }
  setState('connecting')
  open()
  const offline = () => setState('offline')
  const online = () => setState('connecting')
  addEventListener('offline', offline)
  addEventListener('online', online)
  return () => {
    clearTimeout(again)
    source.close()
    setState('off')
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
