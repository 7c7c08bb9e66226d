/**
 * The editor of a cell, over it and outside the table's flow, so that nothing moves. Enter saves, Escape leaves it as it was,
 * Tab saves and goes on to the next cell that may be changed (first through the parts of an editor that has several), a press
 * elsewhere saves. What was refused before stands in it again, with the reason.
 */
import { Popover } from 'radix-ui'
import { useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { Column } from '../DataTable'
import { isSame, type CellEdit, type CellInput } from './cell'
import { nextEditable } from './keys'
import type { Editing, Failure } from './useEditing'

type Props<T> = {
  cell: RefObject<HTMLTableCellElement | null>
  id: string
  column: Column<T>
  edit: CellEdit<T>
  row: T
  failure: Failure | undefined
  editing: Editing
}

const TABBABLE = 'input, select, textarea, button, a[href]'

export function CellEditor<T>({ cell, id, column, edit, row, failure, editing }: Props<T>) {
  const { t } = useTranslation('ui')
  // As it was when the editor opened: what somebody else saves meanwhile is not overwritten unseen.
  const [base] = useState(row)
  const [value, setValue] = useState<unknown>(failure ? failure.draft : edit.value(row))
  const [problem, setProblem] = useState(failure?.words)
  const typed = useRef(value)
  const inner = useRef<HTMLDivElement>(null)
  const over = useRef(false)
  const label = t('cell.label', { column: column.header, record: edit.named(base) })

  const change = (next: unknown) => {
    typed.current = next
    setValue(next)
    setProblem(undefined)
  }
  const leave = (to: HTMLElement | null | undefined) => {
    over.current = true
    editing.close(id)
    to?.focus()
  }
  const finish = (where: 'stay' | 'on' | 'back' | 'away') => {
    if (over.current) return
    // Leaving the field takes what is half typed, such as a tag, and says what cannot be read, such as a number.
    flushSync(() => setProblem(undefined))
    const active = document.activeElement
    if (active instanceof HTMLElement && inner.current?.contains(active)) flushSync(() => active.blur())
    const unread = inner.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const wrong = unread ? undefined : edit.check(typed.current)
    if (unread || wrong) {
      if (wrong) flushSync(() => setProblem(wrong))
      // Who went elsewhere is not called back: the reason stands there until they return or press Escape.
      if (where !== 'away') fieldOf(inner.current)?.focus()
      return
    }
    const next = where === 'on' || where === 'back' ? nextEditable(cell.current as HTMLElement, where === 'on' ? 1 : -1) : undefined
    leave(where === 'away' ? null : cell.current)
    if (!isSame(typed.current, edit.value(base))) edit.save(base, typed.current, (draft, refusal) => editing.fail(id, draft, refusal))
    if (next?.dataset.edit) {
      next.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
      editing.open(next.dataset.edit)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Neither the table nor the focus scope around takes keys from an editor.
    event.stopPropagation()
    const target = event.target as HTMLElement
    const ticked = target.getAttribute('role') === 'checkbox'
    // Lists that the editor opens lie outside of it and have keys of their own.
    if (!inner.current?.contains(target) || event.nativeEvent.isComposing || (event.defaultPrevented && !ticked)) return
    if (event.key === 'Enter' && (ticked || target.tagName !== 'BUTTON')) {
      event.preventDefault()
      finish('stay')
    } else if (event.key === 'Tab') {
      const parts = [...inner.current.querySelectorAll<HTMLElement>(TABBABLE)].filter((part) => part.tabIndex >= 0)
      if (target !== (event.shiftKey ? parts[0] : parts.at(-1))) return
      event.preventDefault()
      finish(event.shiftKey ? 'back' : 'on')
    }
  }
  return (
    <Popover.Root open onOpenChange={(open) => !open && finish('away')}>
      <Popover.Anchor virtualRef={cell as RefObject<HTMLTableCellElement>} />
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          align={column.align === 'right' ? 'end' : 'start'}
          collisionPadding={8}
          onClick={(event) => event.stopPropagation()}
          onDoubleClick={(event) => event.stopPropagation()}
          onEscapeKeyDown={(event) => {
            event.preventDefault()
            leave(cell.current)
          }}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            // A field may draw itself anew for being entered, which it cannot while this is being drawn.
            queueMicrotask(() => begin(fieldOf(inner.current), !failure))
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-40 w-[max(var(--radix-popover-trigger-width),17rem)] max-w-96 rounded-lg border border-line bg-raised p-1 shadow-lg data-[side=bottom]:-mt-(--radix-popover-trigger-height) data-[side=top]:-mb-(--radix-popover-trigger-height)"
        >
          <div ref={inner} onKeyDown={onKeyDown}>
            <Input
              edit={edit}
              row={base}
              label={label}
              value={value}
              onChange={change}
              onPick={(next) => {
                flushSync(() => change(next))
                finish('stay')
              }}
              error={problem}
            />
            {failure?.changed && (
              <div className="mt-1 flex min-w-0 gap-1 text-sm text-soft">
                <span className="shrink-0">{t('cell.now')}</span>
                <span className="min-w-0 truncate">{column.cell(row) || t('cell.blank')}</span>
              </div>
            )}
          </div>
          <p className="sr-only">{t('cell.how')}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** A part of its own, so that what the column draws is not drawn anew as another part when columns change. */
function Input<T>({ edit, row, ...props }: CellInput & { edit: CellEdit<T>; row: T }) {
  return edit.input(props, row)
}

/** Where one types: the text of a phone number, not its country before it. */
function fieldOf(inner: HTMLElement | null): HTMLElement | null | undefined {
  return inner?.querySelector<HTMLElement>('input:not([type="checkbox"])') ?? inner?.querySelector<HTMLElement>('select, textarea, button')
}

function begin(field: HTMLElement | null | undefined, fresh: boolean) {
  field?.focus()
  if (field instanceof HTMLInputElement && field.type !== 'date') field.select()
  // A choice of one is there to be chosen from.
  if (fresh && field?.getAttribute('role') === 'combobox') field.click()
}
