/**
 * The list of every area: virtual rows, endless keyset paging, order by server, column choice,
 * selection with a bulk bar (ranges with shift, then all that match), row keyboard (arrows, j/k, Enter, x), cells changed in
 * place where their column says how, cards on phones.
 * A feature gives columns as plain data and the state of useList().
 */
import { columnVisibilityFeature, rowSelectionFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { useDensity } from '@/lib/look'
import { useNarrow } from '@/lib/media'
import { Checkbox } from './Checkbox'
import { Cell } from './editing/Cell'
import type { CellEdit } from './editing/cell'
import { EditingNotes } from './editing/EditingNotes'
import { useEditing } from './editing/useEditing'
import { useSteadyRows } from './editing/useSteadyRows'
import { ErrorState } from './ErrorState'
import { BulkRegion, HeadCell, LoadingRows, Nothing } from './TableParts'
import { TableToolbar } from './TableToolbar'
import { useColumnChoice } from './useColumnChoice'
import { useRowKeys } from './useRowKeys'
import { useSelection } from './useSelection'

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
  /** How it is changed in place. */
  edit?: CellEdit<T>
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
  /** Buttons for selected rows; with it rows can be selected. `everything`: all that the list finds, also what is not loaded. */
  bulk?: (rows: T[], clear: () => void, everything: boolean) => ReactNode
  /** The query string that finds the rows: what "all that match" means. */
  found?: string | undefined
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
  const { selection, everything, setEverything, change, toggle: pick, clear } = useSelection(props.found)
  const [active, setActive] = useState(0)
  const shift = useRef(false)
  const editing = useEditing(scroller)
  const editable = columns.some((column) => column.edit) ? editing : undefined

  const steady = useSteadyRows(list.rows, rowId)
  const definitions = useMemo<ColumnDef<typeof features, T>[]>(
    () => columns.map((column) => ({ id: column.id, header: column.header, enableHiding: !column.fixed })),
    [columns],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: steady.rows,
    getRowId: rowId,
    state: { columnVisibility: visibility, rowSelection: selection },
    onRowSelectionChange: change,
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

  const onKeyDown = useRowKeys({
    scroller,
    count: rows.length,
    active,
    onMove: (next) => {
      setActive(next)
      virtual.scrollToIndex(next)
    },
    onOpen: (index) => rows[index] && onOpen?.(rows[index].original),
    onPick: bulk && ((index, range) => pick(rows, index, range)),
    onEdit: editable?.open,
  })

  const top = items[0]?.start ?? 0
  const bottom = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const span = shown.length + (bulk ? 1 : 0)
  const nothing = !list.isLoading && !list.error && rows.length === 0
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TableToolbar {...props} visibility={visibility} onToggleColumn={toggle} />
      <div ref={scroller} onKeyDown={onKeyDown} onFocus={steady.onFocus} onBlur={steady.onBlur} className="relative min-h-0 flex-1 overflow-auto border-t border-line">
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
                      if (!(event.target as HTMLElement).closest('a, button, input, label, [role="checkbox"], [data-edit]')) onOpen?.(row.original)
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
                          <td className="border-b border-line pl-6" onClickCapture={(event) => (shift.current = event.shiftKey)}>
                            <Checkbox labelHidden label={t('table.select_row')} checked={picked} onChange={() => pick(rows, item.index, shift.current)} />
                          </td>
                        )}
                        {shown.map((column, index) => (
                          <Cell key={column.id} column={column} row={row.original} at={row.id} editing={editable} first={index === 0 && !bulk} last={index === shown.length - 1} />
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
      {editable && !narrow && <EditingNotes editing={editable} />}
      {bulk && chosen.length > 0 && (
        <BulkRegion chosen={chosen.length} whole={chosen.length === rows.length && hasMore} everything={everything} onEverything={setEverything} onClear={clear}>
          {bulk(chosen, clear, everything)}
        </BulkRegion>
      )}
    </div>
  )
}
