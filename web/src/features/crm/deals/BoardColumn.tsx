/**
 * One column of the board. Only the cards in view are there, and the one that is carried or has the focus, wherever it
 * stands; further ones are asked for before the end is reached.
 */
import { useDroppable } from '@dnd-kit/core'
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { Plus } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { isSeen, money } from '@/lib/format'
import { IconButton } from '@/ui/IconButton'
import type { Column } from '../api'
import { SortableCard } from './DealCard'

/** Cards rendered beyond what is seen, on either side. */
const OVERSCAN = 6
/** As many before the end, the next ones are asked for. */
const EARLY = 30

type Props = { column: Column; /** The card that is carried, in whatever column. */ held: string | null; onAdd: () => void; onMore: () => void }

export function BoardColumn({ column, held, onAdd, onMore }: Props) {
  const { t } = useTranslation('crm')
  const { setNodeRef, isOver } = useDroppable({ id: column.stage.id })
  const scroller = useRef<HTMLDivElement | null>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const ids = useMemo(() => column.items.map((deal) => deal.id), [column.items])
  const kept = useMemo(() => [held, focused].flatMap((id) => (id && ids.includes(id) ? [ids.indexOf(id)] : [])), [held, focused, ids])
  const rangeExtractor = useCallback(
    (range: Range) => [...new Set([...defaultRangeExtractor(range), ...kept])].sort((a, b) => a - b),
    [kept],
  )
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 86,
    getItemKey: (index) => ids[index] ?? index,
    gap: 8,
    paddingStart: 8,
    paddingEnd: 8,
    overscan: OVERSCAN,
    // What comes into view is there before it is seen, so no frame need wait for it.
    useFlushSync: false,
    rangeExtractor,
  })
  const items = virtual.getVirtualItems()
  // The carried card is rendered wherever it stands: it is not the end of what is seen.
  const last = virtual.range?.endIndex ?? 0
  useEffect(() => {
    if (column.next_cursor && last >= ids.length - EARLY) onMore()
  }, [column.next_cursor, last, ids.length, onMore])
  return (
    <section aria-label={column.stage.name} className="flex w-72 shrink-0 snap-start flex-col max-md:w-[82vw]">
      <header className="flex h-9 items-center gap-2 px-1">
        <h2 className="min-w-0 truncate text-base">{column.stage.name}</h2>
        <span className="tabular text-sm text-faint">{column.count}</span>
        <span className="tabular ml-auto truncate text-sm text-soft">{column.totals.filter(isSeen).map((value) => money(value, { whole: true })).join(' + ')}</span>
        <IconButton size="sm" label={t('deal.new_in', { stage: column.stage.name })} icon={<Plus className="size-4" />} onClick={onAdd} />
      </header>
      <SortableContext id={column.stage.id} items={ids} strategy={verticalListSortingStrategy}>
        <div
          ref={(node) => {
            scroller.current = node
            setNodeRef(node)
          }}
          className={cx('min-h-24 flex-1 overflow-y-auto rounded-lg bg-sunken transition-colors', isOver && 'bg-accent-wash')}
        >
          <ul className="relative" style={{ height: virtual.getTotalSize() }} onFocus={(event) => setFocused(cardOf(event.target))} onBlur={() => setFocused(null)}>
            {items.map((item) => {
              const deal = column.items[item.index]
              if (!deal) return null
              return (
                <li
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  data-card={deal.id}
                  aria-setsize={column.count}
                  aria-posinset={item.index + 1}
                  className="absolute inset-x-2 top-0"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <SortableCard deal={deal} />
                </li>
              )
            })}
          </ul>
          {column.items.length === 0 && <p className="px-2 py-6 text-center text-sm text-faint">{t('deal.empty_stage')}</p>}
          {column.next_cursor && <p className="px-2 pb-3 text-center text-sm text-faint">{t('deal.more_coming')}</p>}
        </div>
      </SortableContext>
    </section>
  )
}

const cardOf = (target: Element): string | null => target.closest<HTMLElement>('[data-card]')?.dataset.card ?? null
