/** The button. One primary per view; `busy` keeps the width and blocks a second press; `why` explains a disabled one. */
import { Slot } from 'radix-ui'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import { cx } from '@/lib/cx'
import { Spinner } from './Spinner'
import { Tooltip } from './Tooltip'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'

const KINDS: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-deep border-transparent shadow-sm',
  plain: 'bg-surface text-ink border-edge/60 hover:bg-hover hover:border-edge shadow-sm',
  quiet: 'bg-transparent text-soft hover:bg-hover hover:text-ink border-transparent',
  danger: 'bg-danger text-on-danger hover:bg-danger-deep border-transparent shadow-sm',
}

type Props = ComponentPropsWithRef<'button'> & {
  kind?: ButtonKind
  size?: 'sm' | 'md' | 'lg'
  icon?: ReactNode
  busy?: boolean
  /** Why the button is disabled: shown on hover and focus. Sets `disabled`. */
  why?: string | undefined
  /** Renders the only child (a Link) with the looks of a button. */
  asChild?: boolean
}

export function Button({ kind = 'plain', size = 'md', icon, busy, why, asChild, className, children, disabled, onClick, ...rest }: Props) {
  const off = disabled || busy || !!why
  const classes = cx(
    'relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors select-none',
    size === 'sm' && 'h-7 px-2 text-sm max-md:h-9',
    size === 'md' && 'h-(--control) px-3 text-base max-md:h-10',
    size === 'lg' && 'h-10 px-4 text-base max-md:h-11',
    KINDS[kind],
    off && !busy && 'opacity-55 hover:bg-current/0',
    className,
  )
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    )
  }
  const button = (
    <button
      type="button"
      {...rest}
      // A button that explains itself stays reachable by keyboard, so it is not natively disabled.
      disabled={why ? undefined : off}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      onClick={off ? (event) => event.preventDefault() : onClick}
      className={cx(classes, off && !busy && kind === 'primary' && 'hover:bg-accent')}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
  return why ? <Tooltip text={why}>{button}</Tooltip> : button
}
