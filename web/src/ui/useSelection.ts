/** The selected rows of a table: one, a range from the last one with shift, all loaded, or all that the list finds. */
import { useRef, useState } from 'react'

type Selection = Record<string, true>
type Change = Selection | ((before: Selection) => Selection)

/** `found` names the list: who means all that match means those of this list, and not of one that is searched or filtered later. */
export function useSelection(found = '') {
  const [selection, setSelection] = useState<Selection>({})
  const [meant, setMeant] = useState<string | null>(null)
  const setEverything = (on: boolean) => setMeant(on ? found : null)
  const last = useRef<string | null>(null)
  // Whoever takes a row out no longer means all.
  const change = (next: Change) => {
    setEverything(false)
    setSelection(next)
  }
  const toggle = (rows: readonly { id: string }[], index: number, range: boolean) => {
    const row = rows[index]
    if (!row) return
    const from = range ? rows.findIndex((one) => one.id === last.current) : -1
    const [first, end] = from < 0 ? [index, index] : [Math.min(from, index), Math.max(from, index)]
    last.current = row.id
    change((before) => {
      const on = !before[row.id]
      const next = { ...before }
      for (const { id } of rows.slice(first, end + 1)) {
        if (on) next[id] = true
        else delete next[id]
      }
      return next
    })
  }
  return { selection, everything: meant === found, setEverything, change, toggle, clear: () => change({}) }
}
