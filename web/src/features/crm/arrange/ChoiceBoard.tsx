/**
 * The records of a list as cards in the columns of a field's choices, each column the list with one more condition. A card
 * moves by pointer, touch and keyboard, or by its menu; a move shows at once and goes back if the server refuses it.
 */
import { closestCorners, DndContext, DragOverlay, KeyboardSensor, MouseSensor, pointerWithin, TouchSensor, useSensor, useSensors, type CollisionDetection, type DragEndEvent } from '@dnd-kit/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh } from '@/api/query'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { PageSkeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { boardCoordinates } from '../deals/keyboard'
import type { FilterField } from '../views/api'
import { useFilterFields } from '../views/useFilterFields'
import type { ListView } from '../views/useListView'
import { groupsQuery, nounOf, type Asked } from './api'
import type { Load } from './Arranged'
import { BoardColumn, Face } from './BoardColumn'
import { isBoarded, listed } from './by'
import { put, valueOf, type Standing } from './change'
import { columnsOf, NO_CHOICE, type BoardWord } from './columns'
import { Summary } from './Summary'
import { useBoardAnnouncements } from './useBoardAnnouncements'
import { useGroupWords } from './useGroupWords'

const collide: CollisionDetection = (args) => {
  const under = pointerWithin(args)
  return under.length > 0 ? under : closestCorners(args)
}

type Props = { view: ListView; asked: Asked; load: Load<Standing> }

export function ChoiceBoard(props: Props) {
  const { t } = useTranslation('views')
  const { view, asked } = props
  const fields = useFilterFields(view.noun)
  const field = fields.data?.find((one) => one.name === view.arrangement.on && isBoarded(view.noun, one))
  const groups = useQuery({ ...groupsQuery(view.noun, asked, field?.name, view.arrangement.sum), enabled: !!field })
  if (fields.isPending || (field && groups.isPending)) return <PageSkeleton />
  if (fields.isError) return <ErrorState error={fields.error} onRetry={() => void fields.refetch()} />
  if (!field) return <div className="px-6 max-md:px-4"><Notice tone="warn">{t('board.no_field')}</Notice></div>
  if (groups.isError) return <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />
  return <Columns key={field.name} {...props} field={field} fields={fields.data} groups={groups.data} />
}

type ColumnsProps = Props & { field: FilterField; fields: FilterField[]; groups: Parameters<typeof columnsOf>[2] }

function Columns({ view, asked, load, field, fields, groups }: ColumnsProps) {
  const { t } = useTranslation('views')
  const { groupName } = useGroupWords(fields)
  const [held, setHeld] = useState<Standing | null>(null)
  // Where cards lie that were just moved, until their lists have been read again.
  const [placed, setPlaced] = useState<Record<string, { row: Standing; to: string }>>({})
  const noun = nounOf(view.noun)
  const columns = columnsOf(view.noun, field, groups)
  const sum = listed(view.arrangement.sum)
  const nameOf = (word: BoardWord) => groupName({ key: word.key, label: word.label, count: 0, values: [], filter: {} }, field.name, null)
  const accessibility = useBoardAnnouncements((id) => {
    const word = columns.find((column) => (column.key ?? NO_CHOICE) === id)
    return word ? nameOf(word) : ''
  })
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    // A short press tells a drag from a scroll on phones.
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: boardCoordinates(columns.map((column) => column.key ?? NO_CHOICE)) }),
  )
  const move = useMutation({
    mutationFn: ({ row, to }: { row: Standing; to: string; back?: boolean }) => put(view.noun, row, field.name, to === NO_CHOICE ? null : to),
    onMutate: ({ row, to }) => setPlaced((before) => ({ ...before, [row.id]: { row, to } })),
    onError: toastError,
    onSuccess: (after, { row, to, back }) => {
      const from = valueOf(row, field.name)
      const word = columns.find((column) => (column.key ?? NO_CHOICE) === to)
      if (!back && word) toast({ text: t('board.moved', { title: row.name, column: nameOf(word) }), undo: () => move.mutate({ row: after, to: typeof from === 'string' ? from : NO_CHOICE, back: true }) })
    },
    onSettled: async (_, __, { row }) => {
      await refresh(noun, 'timeline')
      setPlaced((before) => Object.fromEntries(Object.entries(before).filter(([id]) => id !== row.id)))
    },
  })
  const carry = (row: Standing, to: string) => {
    const from = valueOf(row, field.name)
    if ((typeof from === 'string' ? from : NO_CHOICE) !== to) move.mutate({ row, to })
  }
  const rowOf = (data: unknown) => (data as { row?: Standing } | undefined)?.row
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    setHeld(null)
    const row = rowOf(active.data.current)
    if (row && over) carry(row, String(over.id))
  }
  return (
    <>
      <DndContext accessibility={accessibility} sensors={sensors} collisionDetection={collide} onDragStart={({ active }) => setHeld(rowOf(active.data.current) ?? null)} onDragCancel={() => setHeld(null)} onDragEnd={onDragEnd}>
        <div className="flex min-h-0 flex-1 gap-3 overflow-x-auto px-6 pb-4 max-md:snap-x max-md:scroll-px-4 max-md:px-4">
          {columns.map((column) => (
            <BoardColumn
              key={column.key ?? NO_CHOICE}
              column={column}
              columns={columns}
              name={nameOf(column)}
              nameOf={nameOf}
              noun={view.noun}
              asked={asked}
              load={load}
              sum={sum}
              fields={fields}
              placed={placed}
              onMove={carry}
            />
          ))}
        </div>
        <DragOverlay dropAnimation={null}>{held && <Face row={held} lifted />}</DragOverlay>
      </DndContext>
      {sum.length > 0 && <Summary groups={groups} sum={sum} fields={fields} />}
    </>
  )
}
