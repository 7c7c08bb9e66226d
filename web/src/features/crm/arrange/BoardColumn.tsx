/** A column of a board: its first cards, how many there are, and what they add up to. */
import { useDraggable, useDroppable } from '@dnd-kit/core'
import { Link } from '@tanstack/react-router'
import { GripVertical, MoveHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useList } from '@/api/query'
import { cx } from '@/lib/cx'
import { number } from '@/lib/format'
import { pageOf } from '@/lib/record'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { Skeleton } from '@/ui/Skeleton'
import type { FilterField } from '../views/api'
import { nounOf, type Asked } from './api'
import type { Load } from './Arranged'
import { within } from './by'
import type { Standing } from './change'
import { NO_CHOICE, type BoardColumnOf, type BoardWord } from './columns'
import { useGroupWords } from './useGroupWords'

type Props = {
  column: BoardColumnOf
  columns: BoardColumnOf[]
  name: string
  nameOf: (word: BoardWord) => string
  noun: string
  asked: Asked
  load: Load<Standing>
  sum: string[]
  fields: FilterField[]
  placed: Record<string, { row: Standing; to: string }>
  onMove: (row: Standing, to: string) => void
}

export function BoardColumn(props: Props) {
  const { column, name, noun, asked, load, sum, fields, placed } = props
  const { t } = useTranslation(['views', 'objects'])
  const { aggregateName, figures } = useGroupWords(fields)
  const here = column.key ?? NO_CHOICE
  const { setNodeRef, isOver } = useDroppable({ id: here, disabled: !column.takes })
  const query = { ...asked, filter: within(asked.filter, column.filter), limit: 50 }
  const list = useList<Standing>([nounOf(noun), 'list', noun, 'board', query], load(query))
  const arrived = Object.values(placed).filter(({ row, to }) => to === here && !list.rows.some((one) => one.id === row.id))
  const rows = [...arrived.map(({ row }) => row), ...list.rows.filter((row) => (placed[row.id]?.to ?? here) === here)]
  return (
    <section aria-label={name} className="flex w-72 shrink-0 snap-start flex-col max-md:w-[82vw]">
      <header className="px-1 py-1.5">
        <div className="flex items-center gap-2">
          <h2 dir="auto" className="min-w-0 truncate text-base">
            {name}
          </h2>
          <span className="tabular text-sm text-faint">{number(column.count)}</span>
        </div>
        {sum.map((aggregate, at) => (
          <p key={aggregate} className="truncate text-sm text-soft">
            {aggregateName(aggregate)} <span className="tabular font-medium text-ink">{figures(aggregate, column.values[at])}</span>
          </p>
        ))}
      </header>
      <ul ref={setNodeRef} className={cx('flex min-h-24 flex-1 flex-col gap-2 overflow-y-auto rounded-lg bg-sunken p-2 transition-colors', isOver && 'bg-accent-wash')}>
        {rows.map((row) => (
          <Card key={row.id} row={row} {...props} />
        ))}
        {list.isLoading && (
          <li>
            <Skeleton className="h-16 w-full" />
          </li>
        )}
        {!!list.error && rows.length === 0 && (
          <li>
            <ErrorState error={list.error} onRetry={list.retry} />
          </li>
        )}
        {!list.isLoading && !list.error && rows.length === 0 && <li className="px-2 py-6 text-center text-sm text-faint">{t('objects:column_empty')}</li>}
        {list.hasMore && (
          <li className="px-2 py-1 text-center">
            <Button kind="quiet" size="sm" busy={list.isLoadingMore} onClick={list.loadMore}>
              {t('group_load', { name })}
            </Button>
          </li>
        )}
      </ul>
    </section>
  )
}

function Card({ row, column, columns, nameOf, onMove }: Props & { row: Standing }) {
  const { t } = useTranslation(['views', 'objects', 'crm'])
  const may = row.actions.includes('update')
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: row.id, disabled: !may, data: { row } })
  const elsewhere = columns.filter((one) => one.key !== column.key && one.takes)
  const page = pageOf(row.id)
  return (
    <li ref={setNodeRef} className={cx('group flex items-start gap-1 rounded-md border border-line bg-surface py-2 pr-1 pl-1 shadow-sm hover:border-edge', isDragging && 'opacity-35')}>
      {may && (
        <button type="button" {...attributes} {...listeners} aria-label={t('objects:carry', { name: row.name })} aria-roledescription={t('crm:board.card')} className="mt-0.5 cursor-grab touch-manipulation rounded-sm p-0.5 text-faint hover:text-ink">
          <GripVertical aria-hidden className="size-4" />
        </button>
      )}
      <div className={cx('min-w-0 flex-1', !may && 'pl-2')}>
        {page && (
          <Link {...page} dir="auto" className="text-base font-medium wrap-anywhere hover:underline">
            {row.name}
          </Link>
        )}
        {row.owner && (
          <div className="mt-1 flex items-center gap-1.5 text-sm text-soft">
            <Avatar name={row.owner.name} size="xs" /> <span className="truncate">{row.owner.name}</span>
          </div>
        )}
      </div>
      {may && elsewhere.length > 0 && (
        <Menu
          trigger={<IconButton size="sm" label={t('objects:move', { name: row.name })} icon={<MoveHorizontal className="size-4" />} />}
          items={elsewhere.map((one) => ({ label: nameOf(one), run: () => onMove(row, one.key ?? NO_CHOICE) }))}
        />
      )}
    </li>
  )
}

export function Face({ row, lifted }: { row: Standing; lifted?: boolean }) {
  return <div className={cx('rounded-md border border-line bg-surface px-3 py-2.5 text-base font-medium wrap-anywhere shadow-sm', lifted && 'rotate-1 cursor-grabbing shadow-lg')}>{row.name}</div>
}
