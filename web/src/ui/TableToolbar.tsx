/** The line above a list: search, filters, which columns to show. Part of DataTable. */
import { Columns3, Search, X } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '@/lib/shortcuts'
import { IconButton } from './IconButton'
import { Menu } from './Menu'

type Props = {
  label: string
  q?: string | undefined
  onQ?: (q: string | undefined) => void
  filters?: ReactNode
  columns: { id: string; header: string; fixed?: boolean }[]
  /** Without it there are no columns to choose. */
  visibility?: Record<string, boolean>
  onToggleColumn?: (id: string) => void
}

export function TableToolbar({ label, q, onQ, filters, columns, visibility, onToggleColumn }: Props) {
  const { t } = useTranslation('ui')
  return (
    <div className="flex flex-wrap items-center gap-2 px-6 pb-3 max-md:px-4">
      {onQ && <SearchBox label={t('table.search', { name: label })} q={q} onQ={onQ} />}
      {filters}
      {visibility && (
        <div className="ml-auto flex items-center gap-1 max-md:hidden">
          <Menu
            trigger={<IconButton bare label={t('table.columns')} icon={<Columns3 className="size-4" />} />}
            items={[
              { heading: t('table.columns') },
              ...columns.map((column) => ({
                label: column.header,
                checked: visibility[column.id] !== false,
                why: column.fixed ? t('table.always_shown') : undefined,
                run: () => !column.fixed && onToggleColumn?.(column.id),
              })),
            ]}
          />
        </div>
      )}
    </div>
  )
}

function SearchBox({ label, q, onQ }: { label: string; q: string | undefined; onQ: (q: string | undefined) => void }) {
  const { t } = useTranslation('ui')
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [typed, setTyped] = useState(q ?? '')
  const [sent, setSent] = useState(q ?? '')
  const [lastQ, setLastQ] = useState(q)
  if (q !== lastQ) {
    setLastQ(q)
    // Changed by other means than typing here (back, "clear filters"): show that.
    if ((q ?? '') !== sent) {
      setTyped(q ?? '')
      setSent(q ?? '')
    }
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const type = (text: string) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setSent(text.trim())
      onQ(text.trim() || undefined)
    }, 250)
  }
  useShortcut({ keys: '/', label: t('table.shortcut_search'), group: t('shortcuts.list') }, () => input.current?.focus())
  return (
    <div className="control flex w-64 items-center gap-2 max-md:w-full">
      <Search aria-hidden className="size-4 shrink-0 text-faint" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && (typed ? type('') : input.current?.blur())}
        className="h-full w-full min-w-0 bg-transparent outline-none focus-visible:outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {typed && (
        <button type="button" aria-label={t('table.clear_search')} onClick={() => type('')} className="-mr-1 flex size-6 items-center justify-center rounded-sm text-faint hover:text-ink">
          <X className="size-3.5" />
        </button>
      )}
    </div>
  )
}
