/**
 * The bulk changes that this window waits for. They go on whatever page is shown; a reload finds them again.
 */
import { useSyncExternalStore } from 'react'

const KEY = 'omb.bulk'
const listeners = new Set<() => void>()

function kept(): readonly string[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(found) ? found.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

let ids: readonly string[] = kept()

function publish(next: readonly string[]): void {
  ids = next
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Without storage a reload forgets them; the settings list them all.
  }
  listeners.forEach((listener) => listener())
}

export const watch = (id: string): void => {
  if (!ids.includes(id)) publish([...ids, id])
}
export const unwatch = (id: string): void => publish(ids.filter((other) => other !== id))

export function useWatched(): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => ids,
  )
}
