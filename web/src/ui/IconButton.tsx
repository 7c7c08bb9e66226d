/** A button that is only an icon. `label` is its name for readers and its tooltip. */
import type { ComponentPropsWithRef, ReactNode } from 'react'
import { cx } from '@/lib/cx'
import { Tooltip } from './Tooltip'

type Props = Omit<ComponentPropsWithRef<'button'>, 'aria-label'> & {
  label: string
  icon: ReactNode
  size?: 'sm' | 'md'
  /** Where a menu or dialog already says what this is, no tooltip. */
  bare?: boolean
}

export function IconButton({ label, icon, size = 'md', bare, className, ...rest }: Props) {
  const button = (
    <button
      type="button"
      aria-label={label}
      {...rest}
      className={cx(
        'inline-flex shrink-0 items-center justify-center rounded-md text-soft transition-colors hover:bg-hover hover:text-ink disabled:opacity-50',
        size === 'sm' ? 'size-7 max-md:size-9' : 'size-8 max-md:size-10',
        className,
      )}
    >
      {icon}
    </button>
  )
  return bare ? button : <Tooltip text={label}>{button}</Tooltip>
}
