/** The keyboard of a list's rows: arrows and j/k, Home, End and pages move, Enter opens, x selects; cells have their own. */
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'
import { cellKeys } from './editing/keys'

type Rows = {
  scroller: RefObject<HTMLElement | null>
  count: number
  active: number
  onMove: (index: number) => void
  onOpen: (index: number) => void
  onPick: ((index: number, range: boolean) => void) | undefined
  /** Opens the editor of a cell; left out where nothing is changed in place. */
  onEdit: ((key: string) => void) | undefined
}

export function useRowKeys({ scroller, count, active, onMove, onOpen, onPick, onEdit }: Rows) {
  const wantsFocus = useRef(false)
  useEffect(() => {
    if (!wantsFocus.current) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)
    if (row) {
      wantsFocus.current = false
      row.focus()
    }
  })
  return (event: KeyboardEvent) => {
    if (onEdit && cellKeys(event, onEdit)) return
    const target = event.target as HTMLElement
    if (!target.matches('tr, td[data-cell]') && event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const steps: Record<string, number> = { ArrowDown: active + 1, j: active + 1, ArrowUp: active - 1, k: active - 1, Home: 0, End: count - 1, PageDown: active + 12, PageUp: active - 12 }
    const step = steps[event.key]
    if (step !== undefined && !event.metaKey && !event.ctrlKey) {
      event.preventDefault()
      wantsFocus.current = true
      onMove(Math.max(0, Math.min(count - 1, step)))
      return
    }
    if (active >= count) return
    if (event.key === 'Enter') onOpen(active)
    else if ((event.key.toLowerCase() === 'x' || event.key === ' ') && onPick) {
      event.preventDefault()
      onPick(active, event.shiftKey)
    }
  }
}
