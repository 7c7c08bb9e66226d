/** A menu under a button: actions of a record, the account. Items are data; one that is off says why. */
import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cx } from '@/lib/cx'

export type MenuItem =
  | {
      label: string
      icon?: ReactNode
      run: () => void
      danger?: boolean
      checked?: boolean
      hint?: ReactNode
      /** Why it cannot be chosen now. */
      why?: string | undefined
    }
  | { heading: string }
  | 'line'

type Props = {
  trigger: ReactElement
  items: (MenuItem | false | null | undefined)[]
  align?: 'start' | 'end'
  side?: 'top' | 'bottom' | 'right'
  header?: ReactNode
  className?: string
}

export function Menu({ trigger, items, align = 'end', side, header, className }: Props) {
  return (
    // Not modal: a modal menu hides the rest of the page from readers while it stays focusable.
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cx(
            'z-60 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-[fade_100ms] overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-lg',
            className,
          )}
        >
          {header}
          {items.map((item, index) => item && <Item key={index} item={item} />)}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Item({ item }: { item: MenuItem }) {
  if (item === 'line') return <Radix.Separator className="mx-1 my-1 h-px bg-line" />
  if ('heading' in item) {
    return <Radix.Label className="px-2 pt-2 pb-1 text-xs font-medium text-faint">{item.heading}</Radix.Label>
  }
  const content = (
    <>
      {item.icon && <span className="flex size-4 shrink-0 items-center justify-center text-faint">{item.icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{item.label}</span>
        {item.why && <span className="block text-xs text-faint">{item.why}</span>}
      </span>
      {item.hint}
      {item.checked && <Check className="size-4 shrink-0 text-accent-ink" />}
    </>
  )
  const classes = cx(
    'flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-base outline-none select-none data-highlighted:bg-hover max-md:min-h-10',
    item.danger && 'text-danger',
    item.why && 'cursor-default text-faint',
  )
  if (item.checked !== undefined) {
    return (
      <Radix.CheckboxItem checked={item.checked} onSelect={item.run} className={classes}>
        {content}
      </Radix.CheckboxItem>
    )
  }
  return (
    <Radix.Item disabled={!!item.why} onSelect={item.run} className={classes}>
      {content}
    </Radix.Item>
  )
}
