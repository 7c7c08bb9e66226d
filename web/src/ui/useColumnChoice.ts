/** Which columns of a table are shown, and in which order: as this browser remembers, or as whoever uses the table says. */
import { useMemo, useState } from 'react'
import { setStored, stored } from '@/lib/stored'

type Choosable = { id: string; fixed?: boolean; hidden?: boolean }
type Given = { id: string; columns: Choosable[]; shown?: string[] | undefined; onShown?: ((ids: string[]) => void) | undefined }

function remembered(id: string, columns: Choosable[]): Record<string, boolean> {
  const kept = stored(`columns.${id}`)?.split(',')
  return Object.fromEntries(columns.map((column) => [column.id, kept ? !!column.fixed || kept.includes(column.id) : !column.hidden]))
}

export function useColumnChoice({ id, columns, shown, onShown }: Given) {
  // Columns may come later than the table, such as those of the workspace's own fields.
  const [changed, setChanged] = useState<Record<string, boolean>>({})
  const visibility = useMemo(() => {
    if (shown) return Object.fromEntries(columns.map((column) => [column.id, !!column.fixed || shown.includes(column.id)]))
    return { ...remembered(id, columns), ...changed }
  }, [id, columns, shown, changed])
  const toggle = (columnId: string) => {
    const next = { ...visibility, [columnId]: visibility[columnId] === false }
    const ids = columns.filter((column) => next[column.id] !== false).map((column) => column.id)
    if (onShown) return onShown(ids)
    setChanged({ ...changed, [columnId]: next[columnId] !== false })
    setStored(`columns.${id}`, ids.join(','))
  }
  return { visibility, toggle }
}
