/**
 * A text box over a list, moved through with the arrow keys while the text keeps the focus.
 * The heart of Combobox and of the command palette.
 */
import { Search } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { cx } from '@/lib/cx'
import { Spinner } from './Spinner'

export type ListboxItem = {
  id: string
  content: ReactNode
  run: () => void
  group?: string
  disabled?: boolean | undefined
}

type Props = {
  label: string
  items: ListboxItem[]
  query: string
  onQuery: (query: string) => void
  placeholder: string
  empty: ReactNode
  busy?: boolean
  startAt?: string | null
  size?: 'sm' | 'lg'
  footer?: ReactNode
}

export function Listbox({ label, items, query, onQuery, placeholder, empty, busy, startAt, size = 'sm', footer }: Props) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [activeId, setActiveId] = useState<string | null>(startAt ?? null)
  const found = items.findIndex((item) => item.id === activeId)
  const active = found >= 0 ? found : 0

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, items.length])

  const move = (to: number) => {
    if (items.length) setActiveId(items[(to + items.length) % items.length]?.id ?? null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: Math.min(active + 8, items.length - 1), PageUp: Math.max(active - 8, 0) }
    const to = steps[event.key]
    if (to !== undefined) {
      event.preventDefault()
      move(to)
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      const item = items[active]
      if (item && !item.disabled) item.run()
    }
  }
  return (
    <div className="flex min-h-0 flex-col">
      <div className={cx('flex items-center gap-2 border-b border-line px-3', size === 'lg' ? 'h-12' : 'h-9 max-md:h-11')}>
        {busy ? <Spinner className="size-4 text-faint" /> : <Search aria-hidden className="size-4 shrink-0 text-faint" />}
        <input
          autoFocus
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={items[active] ? `${id}-${active}` : undefined}
          value={query}
          onChange={(event) => {
            setActiveId(null)
            onQuery(event.target.value)
          }}
          onKeyDown={onKeyDown}
          placeholder={placeholder}
          className={cx('h-full w-full min-w-0 bg-transparent outline-none focus-visible:outline-none max-md:text-lg', size === 'lg' && 'text-lg')}
        />
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={cx('overflow-y-auto p-1', size === 'lg' ? 'max-h-[min(26rem,60dvh)]' : 'max-h-64')}>
        {items.map((item, index) => (
          <div key={item.id} role="presentation">
            {item.group && item.group !== items[index - 1]?.group && (
              <div role="presentation" className="px-2 pt-2 pb-1 text-xs font-medium text-faint">
                {item.group}
              </div>
            )}
            <div
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              aria-disabled={item.disabled || undefined}
              onMouseMove={() => activeId !== item.id && setActiveId(item.id)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => !item.disabled && item.run()}
              className={cx(
                'flex cursor-pointer items-center gap-2 rounded-md px-2 text-base',
                size === 'lg' ? 'min-h-9 max-md:min-h-11' : 'min-h-8 max-md:min-h-10',
                index === active && 'bg-hover',
                item.disabled && 'opacity-50',
              )}
            >
              {item.content}
            </div>
          </div>
        ))}
      </div>
      {items.length === 0 && <div role="status" className="px-3 pt-1 pb-4 text-center text-sm text-faint">{empty}</div>}
      {footer}
    </div>
  )
}
