/** One cell of a list: what it says, and where that may be changed, the way into its editor. */
import { useId, useRef } from 'react'
import { cx } from '@/lib/cx'
import type { Column } from '../DataTable'
import { cellKey } from './cell'
import { CellEditor } from './CellEditor'
import type { Editing } from './useEditing'

type Props<T> = {
  column: Column<T>
  row: T
  /** Names the row within the table. */
  at: string
  /** Left out where nothing can be changed in place: then cells take no focus. */
  editing: Editing | undefined
  first: boolean
  last: boolean
}

export function Cell<T>({ column, row, at, editing, first, last }: Props<T>) {
  const cell = useRef<HTMLTableCellElement>(null)
  const id = useId()
  const key = cellKey(at, column.id)
  const edit = editing && column.edit?.may(row) ? column.edit : undefined
  const failure = editing?.failed[key]
  const shape = cx('truncate border-b border-line pr-3', first ? 'pl-6' : 'pl-3', column.align === 'right' && 'tabular text-right', last && 'pr-6')
  if (!editing) return <td className={shape}>{column.cell(row)}</td>
  return (
    <td
      ref={cell}
      data-cell={column.id}
      data-edit={edit && key}
      data-inset-focus
      tabIndex={-1}
      aria-describedby={failure ? id : edit && editing.hint}
      title={failure?.words}
      onDoubleClick={(event) => {
        if (edit && !(event.target as HTMLElement).closest('a, button')) editing.open(key)
      }}
      // Below the head that stays, also when a key leads here.
      className={cx(shape, 'scroll-mt-10', edit && 'cursor-default hover:inset-ring hover:inset-ring-line', failure && editing.at !== key && 'inset-ring-2 inset-ring-danger')}
    >
      {column.cell(row)}
      {failure && (
        <span id={id} hidden>
          {failure.words}
        </span>
      )}
      {edit && editing.at === key && <CellEditor key={failure?.words ?? ''} cell={cell} id={key} column={column} edit={edit} row={row} failure={failure} editing={editing} />}
    </td>
  )
}
