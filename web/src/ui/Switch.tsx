/** On or off, at once (no save button). For a form that is saved later use Checkbox. */
import { Switch as Radix } from 'radix-ui'
import { useId, type ReactNode } from 'react'

type Props = {
  checked: boolean
  onChange: (checked: boolean) => void
  label: string
  labelHidden?: boolean
  hint?: ReactNode
  disabled?: boolean
}

export function Switch({ checked, onChange, label, labelHidden, hint, disabled }: Props) {
  const id = useId()
  const control = (
    <Radix.Root
      id={id}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      aria-label={labelHidden ? label : undefined}
      className="relative h-[1.125rem] w-8 shrink-0 rounded-full bg-edge transition-colors disabled:opacity-45 data-[state=checked]:bg-accent"
    >
      <Radix.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-surface shadow-sm transition-transform data-[state=checked]:translate-x-4 dark:bg-ink dark:data-[state=checked]:bg-on-accent" />
    </Radix.Root>
  )
  if (labelHidden) return control
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id} className="text-base font-medium">
          {label}
        </label>
        {hint && <div className="text-sm text-faint">{hint}</div>}
      </div>
      {control}
    </div>
  )
}
