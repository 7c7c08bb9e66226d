/** Label, control, hint and error of one input, tied together for screen readers. Every field part uses it. */
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'

export type FieldProps = {
  label: string
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  /** Keeps the label for screen readers only, where the place explains the field. */
  labelHidden?: boolean
  className?: string
}

export type Wiring = {
  id: string
  'aria-invalid': boolean | undefined
  'aria-describedby': string | undefined
}

export function Field({
  label,
  hint,
  error,
  optional,
  labelHidden,
  className,
  children,
}: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const { t } = useTranslation('ui')
  const id = useId()
  const note = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-sm font-medium text-soft'}>
        {label}
        {optional && <span className="ml-1 font-normal text-faint">{t('field.optional')}</span>}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': note })}
      {error ? (
        <p id={note} className="text-sm text-danger">
          {error}
        </p>
      ) : (
        hint && (
          <div id={note} className="text-sm text-faint">
            {hint}
          </div>
        )
      )}
    </div>
  )
}
