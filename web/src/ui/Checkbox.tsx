/** A tick box with its words beside it. `mixed` for "some of them". */
import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import { useId, type ReactNode } from 'react'
import { cx } from '@/lib/cx'

type Props = {
  checked: boolean | 'mixed'
  onChange: (checked: boolean) => void
  /** The words; with `labelHidden` they are for screen readers only. */
  label: ReactNode
  labelHidden?: boolean
  hint?: ReactNode
  error?: string | undefined
  disabled?: boolean
}

export function Checkbox({ checked, onChange, label, labelHidden, hint, error, disabled }: Props) {
  const id = useId()
  const box = (
    <Radix.Root
      id={id}
      checked={checked === 'mixed' ? 'indeterminate' : checked}
      onCheckedChange={(next) => onChange(next === true)}
      disabled={disabled}
      aria-label={labelHidden && typeof label === 'string' ? label : undefined}
      aria-invalid={error ? true : undefined}
      aria-describedby={error || hint ? `${id}-note` : undefined}
      className={cx(
        'flex size-4 shrink-0 items-center justify-center rounded-sm border bg-surface disabled:opacity-50',
        'data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        error ? 'border-danger' : 'border-edge',
      )}
    >
      <Radix.Indicator className="text-on-accent">
        {checked === 'mixed' ? <Minus className="size-3" strokeWidth={3} /> : <Check className="size-3" strokeWidth={3} />}
      </Radix.Indicator>
    </Radix.Root>
  )
  if (labelHidden) return box
  return (
    <div className="flex items-start gap-2.5">
      <div className="flex h-(--text-base--line-height) items-center">{box}</div>
      <div className="min-w-0">
        <label htmlFor={id} className="text-base">
          {label}
        </label>
        {(error || hint) && (
          <div id={`${id}-note`} className={cx('text-sm', error ? 'text-danger' : 'text-faint')}>
            {error || hint}
          </div>
        )}
      </div>
    </div>
  )
}
