/** One line of text, and TextArea for several. Takes react-hook-form's register() as it is. */
import { Eye, EyeOff } from 'lucide-react'
import { useState, type ComponentPropsWithRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { Field, type FieldProps } from './Field'

type Props = Omit<ComponentPropsWithRef<'input'>, 'className'> &
  FieldProps & { prefix?: ReactNode; suffix?: ReactNode; inputClassName?: string }

export function TextField({ label, hint, error, optional, labelHidden, className, prefix, suffix, inputClassName, ...input }: Props) {
  const field = { label, hint, error, optional, labelHidden, className } as FieldProps
  return (
    <Field {...field}>
      {(wiring) => {
        if (!prefix && !suffix) return <input {...wiring} {...input} className={cx('control', inputClassName)} />
        return (
          <div className="control flex items-center gap-1.5" aria-invalid={wiring['aria-invalid']}>
            {prefix && <span className="shrink-0 text-faint">{prefix}</span>}
            <input
              {...wiring}
              {...input}
              className={cx('h-full min-h-7 w-full min-w-0 flex-1 bg-transparent outline-none focus-visible:outline-none', inputClassName)}
            />
            {suffix && <span className="shrink-0 text-faint">{suffix}</span>}
          </div>
        )
      }}
    </Field>
  )
}

/** A password with a switch to show it. */
export function PasswordField(props: Omit<Props, 'type' | 'suffix'>) {
  const { t } = useTranslation('ui')
  const [shown, setShown] = useState(false)
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      suffix={
        <button
          type="button"
          aria-label={t(shown ? 'field.hide_password' : 'field.show_password')}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="-mr-1 flex size-7 items-center justify-center rounded-sm text-soft hover:text-ink"
        >
          {shown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
        </button>
      }
    />
  )
}

type AreaProps = Omit<ComponentPropsWithRef<'textarea'>, 'className'> & FieldProps

export function TextArea({ label, hint, error, optional, labelHidden, className, rows = 3, ...area }: AreaProps) {
  const field = { label, hint, error, optional, labelHidden, className } as FieldProps
  return (
    <Field {...field}>
      {(wiring) => <textarea {...wiring} {...area} rows={rows} className="control resize-y py-1.5" />}
    </Field>
  )
}
