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
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { useMutation } from '@tanstack/react-query'
import { Plus, ThumbsDown, Trophy } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/query'
import { cx } from '@/lib/cx'
import { money } from '@/lib/format'
import { IconButton } from '@/ui/IconButton'
import { toast, toastError } from '@/ui/Toast'
import { boardQuery, moveDeal, refreshCrm, reopenDeal, winDeal, type Board, type Column, type Deal } from '../api'
import { Card, SortableCard } from './DealCard'
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
    useSensor(KeyboardSensor, { coordinateGetter: boardCoordinates(board.stages.map((column) => column.stage.id)) }),
  )
  const key = boardQuery(board.pipeline.id).queryKey
  const shown = layout ? arranged(board, layout) : board
  const deals = board.stages.flatMap((column) => column.items)
  const accessibility = useAnnouncements(shown)

  const move = useMutation({
    mutationFn: ({ deal, stage, after }: Move) => moveDeal(deal, { stage_id: stage, after }),
    onError: (error, _, before) => {
      queryClient.setQueryData(key, before as Board | undefined)
      toastError(error)
    },
    onMutate: ({ deal: { id }, stage, position }) => {
      const before = queryClient.getQueryData(key)
      const next = layoutOf(board)
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
    const from = columnOf(layout ?? layoutOf(board), String(active.id))
    const to = columnOf(layout ?? layoutOf(board), String(over.id))
    // Within a column the sortable list shows the gap by itself; only a change of column is a new layout.
    if (from !== to) setLayout((now) => place(now ?? layoutOf(board), String(active.id), String(over.id)))
  }
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const id = String(active.id)
    const final = over ? place(layout ?? layoutOf(board), id, String(over.id)) : layoutOf(board)
    setHeld(null)
    setLayout(null)
    const deal = deals.find((one) => one.id === id)
    if (!over || !deal) return
    if (over.id === 'won') return win.mutate(deal)
    if (over.id === 'lost') return setLosing(deal)
    const stage = columnOf(final, id)
    if (!stage) return
    const position = final[stage]?.indexOf(id) ?? 0
    const before = layoutOf(board)
    if (columnOf(before, id) === stage && before[stage]?.indexOf(id) === position) return
    move.mutate({ deal, stage, position, after: final[stage]?.[position - 1] ?? null })
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collide}
      accessibility={accessibility}
      onDragStart={({ active }) => setHeld(deals.find((deal) => deal.id === active.id) ?? null)}
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
            <BoardColumn key={column.stage.id} column={column} onAdd={() => onAdd(column.stage.id)} />
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

function BoardColumn({ column, onAdd }: { column: Column; onAdd: () => void }) {
  const { t } = useTranslation('crm')
  const { setNodeRef, isOver } = useDroppable({ id: column.stage.id })
  const more = column.count - column.items.length
  return (
    <section aria-label={column.stage.name} className="flex w-72 shrink-0 snap-start flex-col max-md:w-[82vw]">
      <header className="flex h-9 items-center gap-2 px-1">
        <h2 className="min-w-0 truncate text-base">{column.stage.name}</h2>
        <span className="tabular text-sm text-faint">{column.count}</span>
        <span className="tabular ml-auto truncate text-sm text-soft">{column.totals.map((value) => money(value, { whole: true })).join(' + ')}</span>
        <IconButton size="sm" label={t('deal.new_in', { stage: column.stage.name })} icon={<Plus className="size-4" />} onClick={onAdd} />
      </header>
      <SortableContext id={column.stage.id} items={column.items.map((deal) => deal.id)} strategy={verticalListSortingStrategy}>
        <ul ref={setNodeRef} className={cx('flex min-h-24 flex-1 flex-col gap-2 overflow-y-auto rounded-lg bg-sunken p-2 transition-colors', isOver && 'bg-accent-wash')}>
          {column.items.map((deal) => (
            <SortableCard key={deal.id} deal={deal} />
          ))}
          {column.items.length === 0 && <li className="px-2 py-6 text-center text-sm text-faint">{t('deal.empty_stage')}</li>}
          {more > 0 && <li className="px-2 py-1 text-center text-sm text-faint">{t('deal.more_in_list', { count: more })}</li>}
        </ul>
      </SortableContext>
    </section>
  )
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
