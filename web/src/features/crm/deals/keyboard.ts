/** Carrying a card by keyboard: left and right go to the neighbouring column, up and down within it. */
import type { Active, KeyboardCoordinateGetter, Over } from '@dnd-kit/core'
import { sortableKeyboardCoordinates } from '@dnd-kit/sortable'

/** The column something lies in: a card knows its sortable list, a column is one. */
function stageOf(place: Active | Over | null): string | undefined {
  const list = (place?.data.current as { sortable?: { containerId: string } } | undefined)?.sortable?.containerId
  return list ?? (place ? String(place.id) : undefined)
}

export function boardCoordinates(stages: string[]): KeyboardCoordinateGetter {
  return (event, args) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.code]
    if (!step) return sortableKeyboardCoordinates(event, args)
    event.preventDefault()
    const { active, over, droppableRects, collisionRect } = args.context
    const here = [stageOf(over), stageOf(active)].find((stage) => stage && stages.includes(stage))
    const next = here && stages[stages.indexOf(here) + step]
    const rect = next && droppableRects.get(next)
    if (!rect || !collisionRect) return undefined
    const lowest = rect.top + rect.height - collisionRect.height
    return { x: rect.left + 8, y: Math.max(rect.top + 8, Math.min(collisionRect.top, lowest)) }
  }
}
