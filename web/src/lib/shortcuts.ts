/**
 * Keyboard shortcuts: single keys ("c"), sequences ("g i") and chords ("mod+k").
 * A mounted component registers its own; the `?` dialog lists what is registered.
 * Plain keys are ignored while someone types or a dialog is open; chords are not.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react'

export type Shortcut = { keys: string; label: string; group: string }
type Entry = Shortcut & { run: (event: KeyboardEvent) => void }

let entries: readonly Entry[] = []
const listeners = new Set<() => void>()
let sequence: string[] = []
let lastAt = 0

function publish(next: readonly Entry[]): void {
  entries = next
  listeners.forEach((listener) => listener())
}

function isTyping(target: EventTarget | null): boolean {
  const node = target as HTMLElement | null
  return !!node?.closest?.('input, textarea, select, [contenteditable="true"], [role="listbox"], [role="menu"]')
}

function chordOf(event: KeyboardEvent): string {
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : ''
  return mod + event.key.toLowerCase()
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey) return
  const key = chordOf(event)
  const find = (keys: string) => entries.findLast((entry) => entry.keys === keys)
  if (key.startsWith('mod+')) {
    const chord = find(key)
    if (chord) {
      event.preventDefault()
      chord.run(event)
    }
    return
  }
  if (isTyping(event.target) || document.querySelector('[role="dialog"], [role="alertdialog"]')) return
  if (event.timeStamp - lastAt > 900) sequence = []
  lastAt = event.timeStamp
  sequence = [...sequence.slice(-1), key]
  const hit = find(sequence.join(' ')) ?? find(key)
  if (!hit) return
  event.preventDefault()
  sequence = []
  hit.run(event)
}

/** Starts listening. Called once. */
export function startShortcuts(): void {
  document.addEventListener('keydown', onKeyDown)
}

/** Registers a shortcut while the component is mounted and `enabled`. */
export function useShortcut(shortcut: Shortcut, run: () => void, enabled = true): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  const { keys, label, group } = shortcut
  useEffect(() => {
    if (!enabled) return
    const entry: Entry = { keys, label, group, run: () => latest.current() }
    publish([...entries, entry])
    return () => publish(entries.filter((other) => other !== entry))
  }, [keys, label, group, enabled])
}

/** Every shortcut that works right now. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => entries,
  )
}
