/**
 * The list of every area: virtual rows, endless keyset paging, order by server, column choice,
 * selection with a bulk bar, row keyboard (arrows, j/k, Enter, x), cards on phones.
 * A feature gives columns as plain data and the state of useList().
 */
import { columnVisibilityFeature, rowSelectionFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { useDensity } from '@/lib/look'
import { useNarrow } from '@/lib/media'
import { Button } from './Button'
import { Checkbox } from './Checkbox'
import { ErrorState } from './ErrorState'
import { HeadCell, LoadingRows, Nothing } from './TableParts'
import { TableToolbar } from './TableToolbar'
import { useColumnChoice } from './useColumnChoice'

export type Column<T> = {
  id: string
  header: string
  cell: (row: T) => ReactNode
  /** Pixels; columns without it share the rest. */
  width?: number
  align?: 'right'
  /** The name the server sorts by. */
  sort?: string
  /** Cannot be hidden (the name of the record). */
  fixed?: boolean
  /** Hidden until chosen. */
  hidden?: boolean
}

type ListLike<T> = {
  rows: T[]
  isLoading: boolean
  error: unknown
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
  retry: () => void
}

export type DataTableProps<T> = {
  /** Names the table in this browser's storage (columns). */
  id: string
  label: string
  columns: Column<T>[]
  list: ListLike<T>
  rowId: (row: T) => string
  onOpen?: (row: T) => void
  /** One row on a phone. */
  card: (row: T) => ReactNode
  sort?: string | undefined
  onSort?: (sort: string | undefined) => void
  /** Text search; leave out where the list has none. */
  q?: string | undefined
  onQ?: (q: string | undefined) => void
  filters?: ReactNode
  /** Buttons for selected rows; with it rows can be selected. */
  bulk?: (rows: T[], clear: () => void) => ReactNode
  /** Columns that somebody else remembers, by id, such as a saved view. */
  columnsShown?: string[] | undefined
  onColumnsShown?: ((ids: string[]) => void) | undefined
  /** What to show when there is nothing at all. */
  empty: ReactNode
  /** Whether a search or filter is active: then "nothing found" instead of `empty`. */
  filtered?: boolean
  onClearFilters?: () => void
}

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature })

export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { id, columns, list, rowId, onOpen, card, bulk, label } = props
  const { t } = useTranslation('ui')
  const narrow = useNarrow()
  const compact = useDensity() === 'compact'
  const scroller = useRef<HTMLDivElement>(null)
  const { visibility, toggle } = useColumnChoice({ id, columns, shown: props.columnsShown, onShown: props.onColumnsShown })
  const [selection, setSelection] = useState<Record<string, true>>({})
  const [active, setActive] = useState(0)
  const wantsFocus = useRef(false)

  const definitions = useMemo<ColumnDef<typeof features, T>[]>(
    () => columns.map((column) => ({ id: column.id, header: column.header, enableHiding: !column.fixed })),
    [columns],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: list.rows,
    getRowId: rowId,
    state: { columnVisibility: visibility, rowSelection: selection },
    onRowSelectionChange: setSelection,
    enableRowSelection: !!bulk,
  })
  const rows = table.getRowModel().rows
  const shown = columns.filter((column) => visibility[column.id] !== false)
  // Where the columns do not fit, the table scrolls sideways rather than squeezing the names.
  const leastWidth = shown.reduce((sum, column) => sum + (column.width ?? 200), bulk ? 48 : 0)
  const chosen = rows.filter((row) => selection[row.id]).map((row) => row.original)

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? 64 : compact ? 32 : 40),
    overscan: 12,
    getItemKey: (index) => rows[index]?.id ?? index,
  })
  useEffect(() => virtual.measure(), [virtual, narrow, compact])

  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const { hasMore, isLoadingMore, loadMore } = list
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= rows.length - 15) loadMore()
  }, [hasMore, isLoadingMore, last, rows.length, loadMore])

  useEffect(() => {
    if (!wantsFocus.current) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)
    if (row) {
      wantsFocus.current = false
      row.focus()
    }
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).tagName !== 'TR' && event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const steps: Record<string, number> = { ArrowDown: active + 1, j: active + 1, ArrowUp: active - 1, k: active - 1, Home: 0, End: rows.length - 1, PageDown: active + 12, PageUp: active - 12 }
    const step = steps[event.key]
    if (step !== undefined && !event.metaKey && !event.ctrlKey) {
      event.preventDefault()
      const next = Math.max(0, Math.min(rows.length - 1, step))
      wantsFocus.current = true
      setActive(next)
      virtual.scrollToIndex(next)
      return
    }
    const row = rows[active]
    if (!row) return
    if (event.key === 'Enter') onOpen?.(row.original)
    else if ((event.key === 'x' || event.key === ' ') && bulk) {
      event.preventDefault()
      row.toggleSelected()
    }
  }

  const top = items[0]?.start ?? 0
  const bottom = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const span = shown.length + (bulk ? 1 : 0)
  const nothing = !list.isLoading && !list.error && rows.length === 0
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TableToolbar {...props} visibility={visibility} onToggleColumn={toggle} />
      <div ref={scroller} onKeyDown={onKeyDown} className="relative min-h-0 flex-1 overflow-auto border-t border-line">
        {!!list.error && rows.length === 0 ? (
          <ErrorState error={list.error} onRetry={list.retry} />
        ) : nothing ? (
          <Nothing filtered={props.filtered} onClearFilters={props.onClearFilters} empty={props.empty} />
        ) : (
          <table aria-label={label} aria-rowcount={hasMore ? -1 : rows.length + 1} className="w-full table-fixed border-separate border-spacing-0" style={narrow ? undefined : { minWidth: leastWidth }}>
            {!narrow && (
              <>
                <colgroup>
                  {bulk && <col style={{ width: 48 }} />}
                  {shown.map((column) => (
                    <col key={column.id} style={column.width ? { width: column.width } : undefined} />
                  ))}
                </colgroup>
                <thead>
                  <tr>
                    {bulk && (
                      <th className="sticky top-0 z-10 h-9 border-b border-line bg-bg pl-6 text-left">
                        <Checkbox labelHidden label={t('table.select_all')} checked={chosen.length === 0 ? false : chosen.length === rows.length ? true : 'mixed'} onChange={() => table.toggleAllRowsSelected()} />
                      </th>
                    )}
                    {shown.map((column, index) => (
                      <HeadCell key={column.id} column={column} sort={props.sort} onSort={props.onSort} first={index === 0 && !bulk} />
                    ))}
                  </tr>
                </thead>
              </>
            )}
            <tbody>
              {top > 0 && <tr aria-hidden style={{ height: top }} />}
              {items.map((item) => {
                const row = rows[item.index]
                if (!row) return null
                const picked = !!selection[row.id]
                return (
                  <tr
                    key={row.id}
                    data-index={item.index}
                    aria-rowindex={item.index + 2}
                    aria-selected={bulk ? picked : undefined}
                    tabIndex={item.index === Math.min(active, rows.length - 1) ? 0 : -1}
                    onFocus={() => setActive(item.index)}
                    onClick={(event) => {
                      if (!(event.target as HTMLElement).closest('a, button, input, label, [role="checkbox"]')) onOpen?.(row.original)
                    }}
                    className={cx('group', onOpen && 'cursor-pointer', picked ? 'bg-accent-wash' : 'hover:bg-hover/60')}
                    style={{ height: item.size }}
                  >
                    {narrow ? (
                      <td colSpan={span} className="h-16 border-b border-line px-4">
                        {card(row.original)}
                      </td>
                    ) : (
                      <>
                        {bulk && (
                          <td className="border-b border-line pl-6">
                            <Checkbox labelHidden label={t('table.select_row')} checked={picked} onChange={() => row.toggleSelected()} />
                          </td>
                        )}
                        {shown.map((column, index) => (
                          <td key={column.id} className={cx('truncate border-b border-line pr-3', index === 0 && !bulk ? 'pl-6' : 'pl-3', column.align === 'right' && 'tabular text-right', index === shown.length - 1 && 'pr-6')}>
                            {column.cell(row.original)}
                          </td>
                        ))}
                      </>
                    )}
                  </tr>
                )
              })}
              {bottom > 0 && <tr aria-hidden style={{ height: bottom }} />}
              {(list.isLoading || isLoadingMore) && <LoadingRows span={span} count={list.isLoading ? 12 : 3} />}
            </tbody>
          </table>
        )}
      </div>
      {bulk && chosen.length > 0 && (
        <div role="region" aria-label={t('table.bulk')} className="flex flex-wrap items-center gap-2 border-t border-line bg-raised px-6 py-2 shadow-md max-md:px-4">
          <span className="mr-2 text-base font-medium">{t('table.selected', { count: chosen.length })}</span>
          {bulk(chosen, () => setSelection({}))}
          <Button kind="quiet" className="ml-auto" onClick={() => setSelection({})}>
            {t('table.clear')}
          </Button>
        </div>
      )}
    </div>
  )
}
