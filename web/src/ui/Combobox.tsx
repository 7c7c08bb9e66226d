/**
 * A searchable choice. Give `options` for a fixed list, or `search` to ask the server while
 * typing (then `chosen` is what the value is called now). `onCreate` offers to make a new one.
 */
import { useQuery } from '@tanstack/react-query'
import { Check, ChevronsUpDown, Plus, X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { useDebounced } from '@/lib/debounce'
import { Field, type FieldProps } from './Field'
import { Listbox, type ListboxItem } from './Listbox'
import type { Option } from './Select'

type Props = FieldProps & {
  value: string | null
  onChange: (value: string | null, option: Option | null) => void
  options?: Option[]
  /** [query key prefix, loader]: asked with what was typed. */
  search?: { key: string; load: (q: string) => Promise<Option[]> }
  chosen?: Option | null
  placeholder?: string
  clearable?: boolean
  onCreate?: (typed: string) => void
  disabled?: boolean
}

/** Case and accents do not matter when looking something up. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export function Combobox({ label, hint, error, optional, labelHidden, className, ...rest }: Props) {
  const { value, onChange, options, search, chosen, placeholder, clearable, onCreate, disabled } = rest
  const { t } = useTranslation('ui')
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const settled = useDebounced(typed, 200)
  const asked = useQuery({
    queryKey: [search?.key ?? 'none', 'options', settled],
    queryFn: () => search?.load(settled) ?? [],
    enabled: open && !!search,
    placeholderData: (previous) => previous,
  })
  const all = options ?? asked.data ?? []
  const shown = search || !typed ? all : all.filter((option) => fold(`${option.label} ${option.hint ?? ''}`).includes(fold(typed)))
  const current = all.find((option) => option.value === value) ?? (chosen?.value === value ? chosen : null)

  const pick = (option: Option | null) => {
    onChange(option?.value ?? null, option)
    setOpen(false)
    setTyped('')
  }
  const items: ListboxItem[] = shown.map((option) => ({
    id: option.value,
    disabled: option.disabled,
    run: () => pick(option),
    content: (
      <>
        <span className="min-w-0 flex-1 truncate">{option.label}</span>
        {option.hint && <span className="shrink-0 truncate text-xs text-faint">{option.hint}</span>}
        {option.value === value && <Check className="size-4 shrink-0 text-accent-ink" />}
      </>
    ),
  }))
  if (onCreate && typed.trim()) {
    items.push({
      id: ' create',
      run: () => {
        onCreate(typed.trim())
        setOpen(false)
        setTyped('')
      },
      content: (
        <>
          <Plus className="size-4 shrink-0 text-faint" />
          <span className="truncate">{t('combobox.create', { name: typed.trim() })}</span>
        </>
      ),
    })
  }
  const field = { label, hint, error, optional, labelHidden, className } as FieldProps
  return (
    <Field {...field}>
      {(wiring) => (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <div className="relative">
            <Popover.Trigger
              {...wiring}
              type="button"
              role="combobox"
              aria-expanded={open}
              disabled={disabled}
              className="control flex items-center gap-2 pr-8 text-left"
            >
              <span className={cx('min-w-0 flex-1 truncate', !current && 'text-faint')}>
                {current?.label ?? placeholder ?? t('combobox.choose')}
              </span>
            </Popover.Trigger>
            {clearable && current && !disabled ? (
              <button
                type="button"
                aria-label={t('combobox.clear', { name: label })}
                onClick={() => pick(null)}
                className="absolute top-1/2 right-1.5 flex size-6 -translate-y-1/2 items-center justify-center rounded-sm text-faint hover:text-ink"
              >
                <X className="size-3.5" />
              </button>
            ) : (
              <ChevronsUpDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-faint" />
            )}
          </div>
          <Popover.Portal>
            <Popover.Content
              align="start"
              sideOffset={4}
              collisionPadding={8}
              // The focus comes back a moment after closing. Who has gone on to another field by then keeps it:
              // taking it away would also close the choice that was opened there.
              onCloseAutoFocus={(event) => document.activeElement !== document.body && event.preventDefault()}
              className="z-60 w-(--radix-popover-trigger-width) min-w-60 animate-[fade_100ms] overflow-hidden rounded-lg border border-line bg-raised shadow-lg"
            >
              <Listbox
                label={label}
                items={items}
                query={typed}
                onQuery={setTyped}
                placeholder={t('combobox.search')}
                busy={!!search && asked.isFetching}
                empty={t('combobox.nothing')}
                startAt={value}
              />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </Field>
  )
}
