/** A short closed list. The browser's own select: best on phones and with screen readers. For search use Combobox. */
import { ChevronDown } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import { Field, type FieldProps } from './Field'

export type Option = { value: string; label: string; hint?: string; disabled?: boolean }

type Props = Omit<ComponentPropsWithRef<'select'>, 'className'> &
  FieldProps & { options: Option[]; placeholder?: string }

export function Select({ label, hint, error, optional, labelHidden, className, options, placeholder, ...select }: Props) {
  const field = { label, hint, error, optional, labelHidden, className } as FieldProps
  return (
    <Field {...field}>
      {(wiring) => (
        <div className="relative">
          <select {...wiring} {...select} className="control appearance-none truncate pr-8">
            {placeholder !== undefined && <option value="">{placeholder}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-faint" />
        </div>
      )}
    </Field>
  )
}
