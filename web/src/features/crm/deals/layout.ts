/** Where the cards of a board lie, as plain lists of ids: what a drag changes before the server has answered. */
import type { Board, Deal } from '../api'

export type Layout = Record<string, string[]>

export const layoutOf = (board: Board): Layout =>
  Object.fromEntries(board.stages.map((column) => [column.stage.id, column.items.map((deal) => deal.id)]))

/** The column that is, or that holds, `id`. */
export function columnOf(layout: Layout, id: string): string | undefined {
  if (id in layout) return id
  return Object.keys(layout).find((stage) => layout[stage]?.includes(id))
}

/** Puts a card into a column before `over` (a card), or at the end when `over` is the column itself. */
export function place(layout: Layout, card: string, over: string): Layout {
  const from = columnOf(layout, card)
  const to = columnOf(layout, over)
  if (!from || !to || card === over) return layout
  const target = layout[to] ?? []
  const at = target.indexOf(over)
  if (from === to) {
    const here = target.indexOf(card)
    if (at < 0 || at === here) return layout
    const rest = target.filter((id) => id !== card)
    return { ...layout, [to]: [...rest.slice(0, at), card, ...rest.slice(at)] }
  }
  const index = at < 0 ? target.length : at
  return {
    ...layout,
    [from]: (layout[from] ?? []).filter((id) => id !== card),
    [to]: [...target.slice(0, index), card, ...target.slice(index)],
  }
}

/** The board with its cards where `layout` has them; a moved card carries its new stage. */
export function arranged(board: Board, layout: Layout): Board {
  const deals = new Map<string, Deal>(board.stages.flatMap((column) => column.items.map((deal) => [deal.id, deal])))
  const placed = new Set(Object.values(layout).flat())
  return {
    ...board,
    stages: board.stages.map((column) => {
      // Cards that were read on since the layout was made stand behind those it knows.
      const ids = [...(layout[column.stage.id] ?? []), ...column.items.flatMap((deal) => (placed.has(deal.id) ? [] : [deal.id]))]
      const here = ids.flatMap((id) => {
        const deal = deals.get(id)
        return deal ? [{ ...deal, stage: { id: column.stage.id, name: column.stage.name } }] : []
      })
      return { ...column, items: here, count: column.count + here.length - column.items.length }
    }),
  }
}
