/**
 * The keyboard between the cells of a list. Rows keep theirs (arrows and j/k, Enter opens, x selects); the right arrow leads
 * from a row into its cells, and there arrows move as in a sheet, Enter and F2 change what may be changed, Escape leads back
 * to the row. It reads the table as it stands: cells carry `data-cell`, those that may be changed `data-edit` with their key.
 */
import type { KeyboardEvent } from 'react'

const CELL = 'td[data-cell]'

const cellsOf = (row: Element | null | undefined) => [...(row?.querySelectorAll<HTMLElement>(`:scope > ${CELL}`) ?? [])]

/** The row above or below that has cells: headers of groups and fillers have none. */
function rowBeside(row: Element | null, step: number): Element | undefined {
  const rows = [...(row?.closest('table')?.querySelectorAll('tbody > tr') ?? [])].filter((one) => one === row || cellsOf(one).length > 0)
  return row ? rows[rows.indexOf(row) + step] : undefined
}

/** The next cell that may be changed, over the ends of rows; `step` is 1 or -1. */
export function nextEditable(from: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const all = [...(from.closest('table')?.querySelectorAll<HTMLElement>(CELL) ?? [])]
  const rest = step === 1 ? all.slice(all.indexOf(from) + 1) : all.slice(0, all.indexOf(from)).reverse()
  return rest.find((cell) => cell.dataset.edit !== undefined)
}

/** Takes the key if it is one of the cells'; answers whether it was. */
export function cellKeys(event: KeyboardEvent, open: (key: string) => void): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return false
  const target = event.target as HTMLElement
  const act = target.matches(CELL) ? inCell(event, target, open) : target.matches('tr') ? inRow(event.key, target, open) : undefined
  if (!act) return false
  event.preventDefault()
  act()
  return true
}

type Act = (() => void) | undefined

function inRow(key: string, row: HTMLElement, open: (key: string) => void): Act {
  const cells = cellsOf(row)
  if (key === 'ArrowRight' && cells[0]) return () => cells[0]?.focus()
  const first = cells.find((cell) => cell.dataset.edit !== undefined)
  if (key === 'F2' && first) return () => open(first.dataset.edit ?? '')
  return undefined
}

function inCell({ key }: KeyboardEvent, cell: HTMLElement, open: (key: string) => void): Act {
  const row = cell.parentElement
  const cells = cellsOf(row)
  const at = cells.indexOf(cell)
  const edit = cell.dataset.edit
  const to = (next: Element | null | undefined): Act => () => (next as HTMLElement | null | undefined)?.focus()
  const beside = (step: number) => to(cellsOf(rowBeside(row, step))[at] ?? cell)
  switch (key) {
    case 'ArrowRight':
      return to(cells[at + 1] ?? cell)
    case 'ArrowLeft':
      return to(cells[at - 1] ?? row)
    case 'ArrowDown':
    case 'j':
      return beside(1)
    case 'ArrowUp':
    case 'k':
      return beside(-1)
    case 'Home':
      return to(cells[0])
    case 'End':
      return to(cells.at(-1))
    case 'Escape':
      return to(row)
    case 'F2':
    case 'Enter':
      return edit === undefined ? undefined : () => open(edit)
    default:
      return undefined
  }
}
