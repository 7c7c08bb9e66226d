/**
 * Records as cards in the columns of a field's choices. A card moves by pointer, touch and keyboard, or by its menu; a
 * move shows at once and goes back if the server refuses it.
 */
import { DndContext, DragOverlay, KeyboardSensor, MouseSensor, pointerWithin, TouchSensor, closestCorners, useDraggable, useDroppable, useSensor, useSensors, type CollisionDetection, type DragEndEvent } from '@dnd-kit/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { GripVertical, MoveHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient, refresh } from '@/api/query'
import { cx } from '@/lib/cx'
import { Avatar } from '@/ui/Avatar'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { PageSkeleton } from '@/ui/Skeleton'
import { toastError } from '@/ui/Toast'
import { boardCoordinates } from '../deals/keyboard'
import { PLAIN } from '../views/useListView'
import { ownBoardQuery, saveRecord, type OwnBoard as Board, type OwnColumn, type OwnObject, type OwnRecord } from './api'
import { moved, NO_CHOICE } from './columns'
import { useOwnAnnouncements } from './useOwnAnnouncements'

const collide: CollisionDetection = (args) => {
  const under = pointerWithin(args)
  return under.length > 0 ? under : closestCorners(args)
}

type Props = { object: OwnObject; field: string; owner: string | undefined }

export function OwnBoardPart({ object, field, owner }: Props) {
  const board = useQuery(ownBoardQuery(object.id, field, owner))
  if (board.isPending) return <PageSkeleton />
  if (board.isError) return <ErrorState error={board.error} onRetry={() => void board.refetch()} />
  return <Columns board={board.data} object={object} field={field} owner={owner} />
}

function Columns({ board, object, field, owner }: Props & { board: Board }) {
  const [held, setHeld] = useState<OwnRecord | null>(null)
  const accessibility = useOwnAnnouncements(board)
  const key = ownBoardQuery(object.id, field, owner).queryKey
  const names = board.columns.map((column) => column.choice ?? NO_CHOICE)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    // A short press tells a drag from a scroll on phones.
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: boardCoordinates(names) }),
  )
  const records = board.columns.flatMap((column) => column.items)
  const move = useMutation({
    mutationFn: ({ record, to }: { record: OwnRecord; to: string }) => saveRecord(record, { custom: { [field]: to === NO_CHOICE ? null : to } }),
    onMutate: ({ record, to }) => {
      const before = queryClient.getQueryData(key)
      queryClient.setQueryData(key, moved(board, record.id, to))
      return before
    },
    onError: (error, _, before) => {
      queryClient.setQueryData(key, before)
      toastError(error)
    },
    onSettled: () => refresh('custom_record', 'timeline'),
  })
  const put = (record: OwnRecord | undefined, to: string) => {
    const from = board.columns.find((column) => column.items.some((one) => one.id === record?.id))
    if (record && from && (from.choice ?? NO_CHOICE) !== to) move.mutate({ record, to })
  }
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    setHeld(null)
    if (over) put(records.find((record) => record.id === active.id), String(over.id))
  }
  return (
    <DndContext accessibility={accessibility} sensors={sensors} collisionDetection={collide} onDragStart={({ active }) => setHeld(records.find((record) => record.id === active.id) ?? null)} onDragCancel={() => setHeld(null)} onDragEnd={onDragEnd}>
      <div className="flex min-h-0 flex-1 gap-3 overflow-x-auto px-6 pb-4 max-md:snap-x max-md:scroll-px-4 max-md:px-4">
        {board.columns.map((column) => (
          <BoardColumn key={column.choice ?? NO_CHOICE} column={column} board={board} object={object} field={field} onMove={put} />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>{held && <Face record={held} lifted />}</DragOverlay>
    </DndContext>
  )
}

type ColumnProps = { column: OwnColumn; board: Board; object: OwnObject; field: string; onMove: (record: OwnRecord, to: string) => void }

function BoardColumn({ column, board, object, field, onMove }: ColumnProps) {
  const { t } = useTranslation('objects')
  const { setNodeRef, isOver } = useDroppable({ id: column.choice ?? NO_CHOICE, disabled: column.archived })
  const name = column.label ?? t('no_choice')
  return (
    <section aria-label={name} className="flex w-72 shrink-0 snap-start flex-col max-md:w-[82vw]">
      <header className="flex h-9 items-center gap-2 px-1">
        <h2 dir="auto" className="min-w-0 truncate text-base">
          {name}
        </h2>
        <span className="tabular text-sm text-faint">
          {column.items.length}
          {column.next_cursor && '+'}
        </span>
      </header>
      <ul ref={setNodeRef} className={cx('flex min-h-24 flex-1 flex-col gap-2 overflow-y-auto rounded-lg bg-sunken p-2 transition-colors', isOver && 'bg-accent-wash')}>
        {column.items.map((record) => (
          <Card key={record.id} record={record} column={column} board={board} onMove={onMove} />
        ))}
        {column.items.length === 0 && <li className="px-2 py-6 text-center text-sm text-faint">{t('column_empty')}</li>}
        {column.next_cursor && (
          <li className="px-2 py-1 text-center text-sm">
            <Link to="/objects/$id" params={{ id: object.id }} search={column.choice ? { choice: `${field}:${column.choice}` } : { saved: PLAIN, filter: { field: `custom.${field}`, op: 'empty' } }} className="text-accent-ink hover:underline">
              {t('column_more')}
            </Link>
          </li>
        )}
      </ul>
    </section>
  )
}

type CardProps = { record: OwnRecord; column: OwnColumn; board: Board; onMove: (record: OwnRecord, to: string) => void }

function Card({ record, column, board, onMove }: CardProps) {
  const { t } = useTranslation(['objects', 'crm'])
  const may = record.actions.includes('update')
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: record.id, disabled: !may })
  const elsewhere = board.columns.filter((one) => one.choice !== column.choice && !one.archived)
  return (
    <li ref={setNodeRef} className={cx('group flex items-start gap-1 rounded-md border border-line bg-surface py-2 pr-1 pl-1 shadow-sm hover:border-edge', isDragging && 'opacity-35')}>
      {may && (
        <button type="button" {...attributes} {...listeners} aria-label={t('carry', { name: record.name })} aria-roledescription={t('crm:board.card')} className="mt-0.5 cursor-grab touch-manipulation rounded-sm p-0.5 text-faint hover:text-ink">
          <GripVertical aria-hidden className="size-4" />
        </button>
      )}
      <div className="min-w-0 flex-1">
        <Link to="/records/$id" params={{ id: record.id }} dir="auto" className="text-base font-medium wrap-anywhere hover:underline">
          {record.name}
        </Link>
        {record.owner && (
          <div className="mt-1 flex items-center gap-1.5 text-sm text-soft">
            <Avatar name={record.owner.name} size="xs" /> <span className="truncate">{record.owner.name}</span>
          </div>
        )}
      </div>
      {may && (
        <Menu
          trigger={<IconButton size="sm" label={t('move', { name: record.name })} icon={<MoveHorizontal className="size-4" />} />}
          items={elsewhere.map((one) => ({ label: one.label ?? t('no_choice'), run: () => onMove(record, one.choice ?? NO_CHOICE) }))}
        />
      )}
    </li>
  )
}

function Face({ record, lifted }: { record: OwnRecord; lifted?: boolean }) {
  return <div className={cx('rounded-md border border-line bg-surface px-3 py-2.5 text-base font-medium wrap-anywhere shadow-sm', lifted && 'rotate-1 cursor-grabbing shadow-lg')}>{record.name}</div>
}
