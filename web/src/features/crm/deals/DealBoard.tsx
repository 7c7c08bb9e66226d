/**
 * Deals as cards in the columns of a pipeline. Cards move by pointer, touch and keyboard (Space,
 * arrows, Space); a move shows at once and goes back if the server refuses it.
 */
import {
  closestCorners,
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useDroppable,
  useSensor,
  useSensors,
  type CollisionDetection,
  type DragEndEvent,
  type DragOverEvent,
} from '@dnd-kit/core'
import { useMutation } from '@tanstack/react-query'
import { ThumbsDown, Trophy } from 'lucide-react'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/query'
import { cx } from '@/lib/cx'
import { toast, toastError } from '@/ui/Toast'
import { boardQuery, moveDeal, refreshCrm, reopenDeal, winDeal, type Board, type Deal } from '../api'
import { BoardColumn } from './BoardColumn'
import { cardsAfter, withMore } from './board'
import { Card } from './DealCard'
import { boardCoordinates } from './keyboard'
import { arranged, columnOf, layoutOf, place, type Layout } from './layout'
import { LoseDialog } from './LoseDialog'
import { useAnnouncements } from './useAnnouncements'

/** Under the pointer first; for the keyboard, where there is none, the nearest corners. */
const collide: CollisionDetection = (args) => {
  const under = pointerWithin(args)
  return under.length > 0 ? under : closestCorners(args)
}

type Move = { deal: Deal; stage: string; position: number; /** The card it lies behind. */ after: string | null }

export function DealBoard({ board, onAdd }: { board: Board; onAdd: (stage: string) => void }) {
  const { t } = useTranslation('crm')
  const [layout, setLayout] = useState<Layout | null>(null)
  const [held, setHeld] = useState<Deal | null>(null)
  const [losing, setLosing] = useState<Deal | null>(null)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    // A short press tells a drag from a scroll on phones.
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    // At once, so that the cards further on are there when the next key is pressed.
    useSensor(KeyboardSensor, { coordinateGetter: boardCoordinates(board.stages.map((column) => column.stage.id)), scrollBehavior: 'auto' }),
  )
  const key = boardQuery(board.pipeline.id).queryKey
  const base = useMemo(() => layoutOf(board), [board])
  const shown = useMemo(() => (layout ? arranged(board, layout) : board), [board, layout])
  const find = (id: unknown) => board.stages.flatMap((column) => column.items).find((deal) => deal.id === id)
  const lengthen = useMore(board)
  const accessibility = useAnnouncements(shown)

  const move = useMutation({
    mutationFn: ({ deal, stage, after }: Move) => moveDeal(deal, { stage_id: stage, after }),
    onError: (error, _, before) => {
      queryClient.setQueryData(key, before as Board | undefined)
      toastError(error)
    },
    onMutate: ({ deal: { id }, stage, position }) => {
      const before = queryClient.getQueryData(key)
      const next = { ...base }
      const from = columnOf(next, id)
      if (from) next[from] = (next[from] ?? []).filter((one) => one !== id)
      next[stage] = [...(next[stage] ?? []).slice(0, position), id, ...(next[stage] ?? []).slice(position)]
      queryClient.setQueryData(key, arranged(board, next))
      return before
    },
    onSettled: () => refreshCrm(),
  })
  const win = useMutation({
    mutationFn: (deal: Deal) => winDeal(deal.id),
    onSuccess: (deal) => {
      toast({ text: t('deal.won_done', { title: deal.name }), undo: () => void reopenDeal(deal.id).then(refreshCrm, toastError) })
      void refreshCrm()
    },
    onError: toastError,
  })
  const onDragOver = ({ active, over }: DragOverEvent) => {
    if (!over || over.id === 'won' || over.id === 'lost') return
    const from = columnOf(layout ?? base, String(active.id))
    const to = columnOf(layout ?? base, String(over.id))
    // Within a column the sortable list shows the gap by itself; only a change of column is a new layout.
    if (from !== to) setLayout((now) => place(now ?? base, String(active.id), String(over.id)))
  }
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const id = String(active.id)
    const final = over ? place(layout ?? base, id, String(over.id)) : base
    setHeld(null)
    setLayout(null)
    const deal = find(id)
    if (!over || !deal) return
    if (over.id === 'won') return win.mutate(deal)
    if (over.id === 'lost') return setLosing(deal)
    const stage = columnOf(final, id)
    if (!stage) return
    const position = final[stage]?.indexOf(id) ?? 0
    if (columnOf(base, id) === stage && base[stage]?.indexOf(id) === position) return
    move.mutate({ deal, stage, position, after: final[stage]?.[position - 1] ?? null })
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collide}
      accessibility={accessibility}
      onDragStart={({ active }) => setHeld(find(active.id) ?? null)}
      onDragOver={onDragOver}
      onDragEnd={onDragEnd}
      onDragCancel={() => {
        setHeld(null)
        setLayout(null)
      }}
    >
      <div className="relative flex min-h-0 flex-1 flex-col">
        <div className="flex min-h-0 flex-1 gap-3 overflow-x-auto px-6 pb-4 max-md:snap-x max-md:scroll-px-4 max-md:px-4">
          {shown.stages.map((column) => (
            <BoardColumn key={column.stage.id} column={column} held={held?.id ?? null} onAdd={() => onAdd(column.stage.id)} onMore={() => lengthen(column.stage.id, column.next_cursor)} />
          ))}
        </div>
        {held && (
          <div className="absolute inset-x-6 bottom-4 flex gap-3 max-md:inset-x-4">
            <DropZone id="won" tone="good" icon={<Trophy className="size-4" />} text={t('deal.win')} />
            <DropZone id="lost" tone="danger" icon={<ThumbsDown className="size-4" />} text={t('deal.lose')} />
          </div>
        )}
      </div>
      <DragOverlay dropAnimation={null}>{held && <Card deal={held} lifted />}</DragOverlay>
      {losing && <LoseDialog deal={losing} open onClose={() => setLosing(null)} />}
    </DndContext>
  )
}

/** Before a stretch that could not be read is asked for again: each drawing of the board asks. */
const PATIENCE = 5_000

/** Reads a column on, each stretch of it once at a time. */
function useMore(board: Board) {
  const asked = useRef(new Set<string>())
  return (stage: string, cursor: string | null | undefined) => {
    if (!cursor || asked.current.has(cursor)) return
    asked.current.add(cursor)
    cardsAfter(stage, cursor)
      .then((page) => {
        // Only where the column still ends there: it may have been read anew meanwhile.
        queryClient.setQueryData(boardQuery(board.pipeline.id).queryKey, (now) => (now?.stages.some((column) => column.next_cursor === cursor) ? withMore(now, stage, page) : now))
      })
      .then(
        () => asked.current.delete(cursor),
        (error: unknown) => {
          toastError(error)
          setTimeout(() => asked.current.delete(cursor), PATIENCE)
        },
      )
  }
}

function DropZone({ id, tone, icon, text }: { id: string; tone: 'good' | 'danger'; icon: ReactNode; text: string }) {
  const { setNodeRef, isOver } = useDroppable({ id })
  const look = tone === 'good' ? 'text-good border-good bg-good-wash' : 'text-danger border-danger bg-danger-wash'
  return (
    <div ref={setNodeRef} className={cx('flex h-14 flex-1 animate-[rise_140ms_ease-out] items-center justify-center gap-2 rounded-lg border border-dashed font-medium shadow-md', look, isOver && 'border-solid ring-2 ring-current')}>
      {icon}
      {text}
    </div>
  )
}
