/**
 * The cards of a board, as many as somebody has scrolled to. A column begins with the server's first cards and goes on by
 * its cursor; read again (live news, a move), it is read as far as it was shown, so that nothing jumps away.
 */
import { api, ok } from '@/api/client'
import type { Board, Column, Deal } from '../api'

type Page = { items: Deal[]; next_cursor?: string | null }

/** The cards of a stage behind `cursor`, in its order. */
export const cardsAfter = (stage: string, cursor: string, limit = 200): Promise<Page> =>
  ok(api.GET('/api/v1/deals', { params: { query: { stage_id: stage, state: 'open', sort: 'position', limit, cursor } } }))

/** The column with a further page. A card moved meanwhile may come twice; it stays where it is. */
export function lengthened(column: Column, page: Page): Column {
  const here = new Set(column.items.map((deal) => deal.id))
  return { ...column, items: [...column.items, ...page.items.filter((deal) => !here.has(deal.id))], next_cursor: page.next_cursor ?? null }
}

export function withMore(board: Board, stage: string, page: Page): Board {
  return { ...board, stages: board.stages.map((column) => (column.stage.id === stage ? lengthened(column, page) : column)) }
}

/** The board anew, each column as long as it was before. */
export async function asFarAs(fresh: Board, before: Board | undefined, more = cardsAfter): Promise<Board> {
  const shown = new Map(before?.stages.map((column) => [column.stage.id, column.items.length]))
  const stages = fresh.stages.map(async (column) => {
    let longer = column
    while (longer.next_cursor && longer.items.length < (shown.get(column.stage.id) ?? 0)) {
      longer = lengthened(longer, await more(column.stage.id, longer.next_cursor))
    }
    return longer
  })
  return { ...fresh, stages: await Promise.all(stages) }
}
