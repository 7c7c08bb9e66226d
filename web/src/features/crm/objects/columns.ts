/** The board of a custom object, pure: where its cards lie. */
import type { OwnBoard } from './api'

/** The column of records that have no choice, where an id is wanted. */
export const NO_CHOICE = 'none'

/** The board with a card on top of another column; the same board where there is no such card or column. */
export function moved(board: OwnBoard, id: string, to: string): OwnBoard {
  const record = board.columns.flatMap((column) => column.items).find((one) => one.id === id)
  if (!record || !board.columns.some((column) => (column.choice ?? NO_CHOICE) === to)) return board
  const columns = board.columns.map((column) => {
    const rest = column.items.filter((one) => one.id !== id)
    return { ...column, items: (column.choice ?? NO_CHOICE) === to ? [record, ...rest] : rest }
  })
  return { ...board, columns }
}
