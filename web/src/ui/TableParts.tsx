/** Parts of DataTable: a head cell that sorts, rows while loading, and what stands where there are none. */
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { Button } from './Button'
import { Skeleton } from './Skeleton'

type HeadColumn = { header: string; sort?: string; align?: 'right' }

export function HeadCell({ column, sort, onSort, first }: { column: HeadColumn; sort: string | undefined; onSort: ((sort: string | undefined) => void) | undefined; first: boolean }) {
  const order = column.sort && sort === column.sort ? 'ascending' : column.sort && sort === `-${column.sort}` ? 'descending' : undefined
  const next = order === undefined ? column.sort : order === 'ascending' ? `-${column.sort}` : undefined
  const Arrow = order === 'descending' ? ArrowDown : ArrowUp
  return (
    <th
      aria-sort={column.sort ? (order ?? 'none') : undefined}
      className={cx('sticky top-0 z-10 h-9 truncate border-b border-line bg-bg pr-3 text-sm font-medium text-soft last:pr-6', first ? 'pl-6' : 'pl-3', column.align === 'right' ? 'text-right' : 'text-left')}
    >
      {column.sort && onSort ? (
        <button type="button" onClick={() => onSort(next)} className="inline-flex max-w-full items-center gap-1 rounded-sm hover:text-ink">
          <span className="truncate">{column.header}</span>
          {order && <Arrow aria-hidden className="size-3.5 shrink-0" />}
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}

export function LoadingRows({ span, count }: { span: number; count: number }) {
  return Array.from({ length: count }, (_, index) => (
    <tr key={index} aria-hidden className="h-(--row) max-md:h-16">
      <td colSpan={span} className="border-b border-line px-6 max-md:px-4">
        <Skeleton className="h-4 w-full" />
      </td>
    </tr>
  ))
}

type RegionProps = { chosen: number; whole: boolean; everything: boolean; onEverything: (on: boolean) => void; onClear: () => void; children: ReactNode }

/** What can be done with the selected rows. Once all loaded ones are selected, all that match can be meant instead. */
export function BulkRegion({ chosen, whole, everything, onEverything, onClear, children }: RegionProps) {
  const { t } = useTranslation('ui')
  return (
    <div role="region" aria-label={t('table.bulk')} className="flex flex-wrap items-center gap-2 border-t border-line bg-raised px-6 py-2 shadow-md max-md:px-4">
      <span aria-live="polite" className="mr-2 text-base font-medium">
        {everything ? t('table.all_selected') : t('table.selected', { count: chosen })}
      </span>
      {(whole || everything) && (
        <Button kind="quiet" onClick={() => onEverything(!everything)}>
          {everything ? t('table.only_loaded', { count: chosen }) : t('table.select_matching')}
        </Button>
      )}
      {children}
      <Button kind="quiet" className="ml-auto" onClick={onClear}>
        {t('table.clear')}
      </Button>
    </div>
  )
}

/** No rows: the empty state of the list, or that the search found nothing. */
export function Nothing({ filtered, onClearFilters, empty }: { filtered?: boolean | undefined; onClearFilters?: (() => void) | undefined; empty: ReactNode }) {
  const { t } = useTranslation('ui')
  if (!filtered) return empty
  return (
    <div role="status" className="flex flex-col items-center gap-3 px-6 py-14 text-center">
      <p className="text-base text-soft">{t('table.nothing_found')}</p>
      {onClearFilters && <Button onClick={onClearFilters}>{t('table.clear_filters')}</Button>}
    </div>
  )
}
