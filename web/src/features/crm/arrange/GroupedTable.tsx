/**
 * A list in groups: a header for each with its count and figures, its records below once it is opened. The first group is
 * open. Arrows walk over headers and records; right opens a group, left closes it.
 */
import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useList } from '@/api/query'
import { cx } from '@/lib/cx'
import { number } from '@/lib/format'
import { useNarrow } from '@/lib/media'
import { Button } from '@/ui/Button'
import type { Column } from '@/ui/DataTable'
import { Cell } from '@/ui/editing/Cell'
import { EditingNotes } from '@/ui/editing/EditingNotes'
import { cellKeys } from '@/ui/editing/keys'
import { useEditing, type Editing } from '@/ui/editing/useEditing'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { HeadCell, LoadingRows, Nothing } from '@/ui/TableParts'
import { TableToolbar } from '@/ui/TableToolbar'
import { useColumnChoice } from '@/ui/useColumnChoice'
import { useFilterFields } from '../views/useFilterFields'
import { groupsQuery, nounOf, type Group } from './api'
import type { ArrangedProps } from './Arranged'
import { listed, within } from './by'
import { Summary } from './Summary'
import { useGroupWords } from './useGroupWords'

type Props<T> = ArrangedProps<T> & { by: string }

export function GroupedTable<T extends object>(props: Props<T>) {
  const { view, asked, by, id, columns } = props
  const { t } = useTranslation('views')
  const narrow = useNarrow()
  const fields = useFilterFields(view.noun).data ?? []
  const groups = useQuery(groupsQuery(view.noun, asked, by, view.arrangement.sum))
  const { visibility, toggle } = useColumnChoice({ id, columns, shown: props.columnsShown, onShown: props.onColumnsShown })
  const shown = columns.filter((column) => visibility[column.id] !== false)
  const scroller = useRef<HTMLDivElement>(null)
  const editing = useEditing(scroller)
  const editable = columns.some((column) => column.edit) ? editing : undefined
  const sum = listed(view.arrangement.sum)
  const found = groups.data
  const [opened, setOpened] = useState<Record<string, boolean>>({})
  const isOpen = (group: Group, at: number) => opened[keyOf(group)] ?? at === 0
  const open = (group: Group, on: boolean) => setOpened((before) => ({ ...before, [keyOf(group)]: on }))
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TableToolbar {...props} visibility={visibility} onToggleColumn={toggle} />
      <div ref={scroller} onKeyDown={(event) => (editable && cellKeys(event, editable.open)) || walk(event)} className="relative min-h-0 flex-1 overflow-auto border-t border-line">
        {groups.isError && <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />}
        {found && found.groups.length === 0 && <Nothing filtered={props.filtered} onClearFilters={props.onClearFilters} empty={props.empty} />}
        {!groups.isError && found?.groups.length !== 0 && (
          <table aria-label={props.label} className="w-full table-fixed border-separate border-spacing-0" style={narrow ? undefined : { minWidth: shown.reduce((sum, column) => sum + (column.width ?? 200), 0) }}>
            {!narrow && (
              <>
                <colgroup>
                  {shown.map((column) => (
                    <col key={column.id} style={column.width ? { width: column.width } : undefined} />
                  ))}
                </colgroup>
                <thead>
                  <tr>
                    {shown.map((column, index) => (
                      <HeadCell key={column.id} column={column} sort={props.sort} onSort={props.onSort} first={index === 0} />
                    ))}
                  </tr>
                </thead>
              </>
            )}
            {!found && (
              <tbody>
                <LoadingRows span={shown.length} count={12} />
              </tbody>
            )}
            {found?.groups.map((group, at) => (
              <OneGroup key={keyOf(group)} {...props} group={group} each={found.each} sum={sum} fields={fields} shown={shown} open={isOpen(group, at)} onOpen={(on) => open(group, on)} onRow={props.onOpen} narrow={narrow} editing={editable} />
            ))}
          </table>
        )}
        {found?.more && (
          <div className="px-6 py-3 max-md:px-4">
            <Notice tone="info">{t('groups_more', { count: found.groups.length })}</Notice>
          </div>
        )}
      </div>
      {editable && !narrow && <EditingNotes editing={editable} />}
      <Summary groups={found} sum={sum} fields={fields} error={groups.isError} />
    </div>
  )
}

const keyOf = (group: Group) => group.key ?? ' none'

type GroupProps<T> = Omit<Props<T>, 'onOpen'> & {
  group: Group
  each: Parameters<ReturnType<typeof useGroupWords>['groupName']>[2]
  sum: string[]
  fields: Parameters<typeof useGroupWords>[0]
  shown: Column<T>[]
  open: boolean
  onOpen: (on: boolean) => void
  onRow: ((row: T) => void) | undefined
  narrow: boolean
  editing: Editing | undefined
}

function OneGroup<T extends object>(props: GroupProps<T>) {
  const { group, by, each, sum, fields, shown, open, onOpen } = props
  const { groupName, aggregateName, figures } = useGroupWords(fields)
  const name = groupName(group, by, each)
  const span = props.narrow ? 1 : shown.length
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={span} className="border-b border-line bg-sunken px-4 text-left font-normal max-md:px-2">
          <button
            type="button"
            data-stop
            data-group
            aria-expanded={open}
            onClick={() => onOpen(!open)}
            className="flex min-h-10 w-full flex-wrap items-center gap-x-4 gap-y-0.5 rounded-sm px-2 py-1.5 text-left"
          >
            <span className="flex min-w-0 items-center gap-2">
              <ChevronRight aria-hidden className={cx('size-4 shrink-0 text-faint transition-transform', open && 'rotate-90')} />
              <span dir="auto" className="truncate text-base font-medium">
                {name}
              </span>
              <span className="tabular rounded-full bg-hover px-1.5 text-sm text-soft">{number(group.count)}</span>
            </span>
            {sum.map((aggregate, at) => (
              <span key={aggregate} className="text-sm text-soft max-md:pl-6">
                {aggregateName(aggregate)} <span className="tabular font-medium text-ink">{figures(aggregate, group.values[at])}</span>
              </span>
            ))}
          </button>
        </th>
      </tr>
      {open && <Records {...props} span={span} name={name} />}
    </tbody>
  )
}

function Records<T extends object>({ view, asked, load, group, shown, onRow, narrow, card, rowId, span, name, editing }: GroupProps<T> & { span: number; name: string }) {
  const { t } = useTranslation('views')
  const query = { ...asked, filter: within(asked.filter, group.filter) }
  const list = useList<T>([nounOf(view.noun), 'list', view.noun, 'group', query], load(query))
  return (
    <>
      {list.rows.map((row) => (
        <tr
          key={rowId(row)}
          data-stop
          tabIndex={-1}
          onKeyDown={(event) => event.key === 'Enter' && (event.target as HTMLElement).matches('tr, td[data-cell]:not([data-edit])') && onRow?.(row)}
          onClick={(event) => {
            if (!(event.target as HTMLElement).closest('a, button, input, label, [role="checkbox"], [data-edit]')) onRow?.(row)
          }}
          className={cx('group h-10 hover:bg-hover/60', onRow && 'cursor-pointer')}
        >
          {narrow ? (
            <td className="h-16 border-b border-line px-4">{card(row)}</td>
          ) : (
            shown.map((column, index) => (
              <Cell key={column.id} column={column} row={row} at={`${keyOf(group)}/${rowId(row)}`} editing={editing} first={index === 0} last={index === shown.length - 1} />
            ))
          )}
        </tr>
      ))}
      {(list.isLoading || list.isLoadingMore) && <LoadingRows span={span} count={list.isLoading ? Math.min(group.count, 3) : 3} />}
      {!!list.error && (
        <tr>
          <td colSpan={span}>
            <ErrorState error={list.error} onRetry={list.retry} />
          </td>
        </tr>
      )}
      {list.hasMore && (
        <tr>
          <td colSpan={span} className="border-b border-line px-6 py-2 max-md:px-4">
            <Button data-stop kind="quiet" size="sm" busy={list.isLoadingMore} onClick={list.loadMore}>
              {t('group_load', { name })}
            </Button>
          </td>
        </tr>
      )}
    </>
  )
}

/** Arrows over headers and records. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const from = (event.target as HTMLElement).closest<HTMLElement>('[data-stop]')
  if (!from || event.metaKey || event.ctrlKey || event.altKey) return
  const open = from.getAttribute('aria-expanded')
  if ((event.key === 'ArrowRight' && open === 'false') || (event.key === 'ArrowLeft' && open === 'true')) {
    event.preventDefault()
    return from.click()
  }
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')]
  const at = stops.indexOf(from)
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }
  const next = steps[event.key]
  if (next === undefined) return
  event.preventDefault()
  stops[Math.max(0, Math.min(stops.length - 1, next))]?.focus()
}
