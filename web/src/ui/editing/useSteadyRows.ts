/**
 * The rows in the order they had when somebody went into a cell, until they leave the table: a list ordered by what was changed
 * last would else pull each row away from under the hands of whoever changes it.
 */
import { useCallback, useMemo, useState, type FocusEvent } from 'react'

export function useSteadyRows<T>(rows: T[], rowId: (row: T) => string) {
  const [order, setOrder] = useState<Map<string, number> | null>(null)
  const steady = useMemo(() => {
    if (!order) return rows
    const place = (row: T) => order.get(rowId(row)) ?? order.size
    return [...rows].sort((one, other) => place(one) - place(other))
  }, [rows, rowId, order])
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    if (!order && target.matches('td[data-cell]')) setOrder(new Map(rows.map((row, index) => [rowId(row), index])))
  }
  const onBlur = useCallback(({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
    // Into an editor, or to nothing at all while one closes, is not away.
    if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget) && !relatedTarget.closest('[role="dialog"]')) setOrder(null)
  }, [])
  return { rows: steady, onFocus, onBlur }
}
