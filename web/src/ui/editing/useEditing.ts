/**
 * Which cell of a table is being changed, and what was refused. A refused value waits at its cell with the reason: its editor
 * opens again by itself, unless another one is open (then after it) or the person has gone elsewhere on the page.
 */
import { useCallback, useId, useMemo, useReducer, type RefObject } from 'react'
import type { Refusal } from './cell'

export type Failure = Refusal & { draft: unknown }

export type EditingState = { at: string | null; failed: Readonly<Record<string, Failure>>; waiting: readonly string[] }

export const IDLE: EditingState = { at: null, failed: {}, waiting: [] }

type Event =
  | { did: 'open'; key: string }
  /** Left, saved or not: what was refused before is over. */
  | { did: 'close'; key: string }
  | { did: 'fail'; key: string; failure: Failure; here: boolean }

export function step(state: EditingState, event: Event): EditingState {
  switch (event.did) {
    case 'open':
      return { ...state, at: event.key, waiting: state.waiting.filter((key) => key !== event.key) }
    case 'close': {
      const failed = { ...state.failed }
      delete failed[event.key]
      if (state.at !== event.key) return { ...state, failed }
      const [next = null, ...waiting] = state.waiting
      return { at: next, failed, waiting }
    }
    case 'fail': {
      const failed = { ...state.failed, [event.key]: event.failure }
      if (state.at === event.key || (state.at === null && !event.here)) return { ...state, failed }
      return state.at === null ? { ...state, at: event.key, failed } : { ...state, failed, waiting: [...state.waiting.filter((key) => key !== event.key), event.key] }
    }
  }
}

export type Editing = EditingState & {
  /** The element that says how a cell is changed: see EditingNotes. */
  hint: string
  open: (key: string) => void
  close: (key: string) => void
  fail: (key: string, draft: unknown, refusal: Refusal) => void
}

export function useEditing(table: RefObject<HTMLElement | null>): Editing {
  const [state, tell] = useReducer(step, IDLE)
  const hint = useId()
  const open = useCallback((key: string) => tell({ did: 'open', key }), [])
  const close = useCallback((key: string) => tell({ did: 'close', key }), [])
  const fail = useCallback(
    (key: string, draft: unknown, refusal: Refusal) => {
      const focus = document.activeElement
      const here = !focus || focus === document.body || !!table.current?.contains(focus)
      tell({ did: 'fail', key, failure: { ...refusal, draft }, here })
    },
    [table],
  )
  return useMemo(() => ({ ...state, hint, open, close, fail }), [state, hint, open, close, fail])
}
