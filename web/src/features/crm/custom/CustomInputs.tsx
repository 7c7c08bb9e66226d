/** Inputs for a record's own fields, in their order; inside a form's <Controller name="custom">. */
import { cx } from '@/lib/cx'
import { type Custom, type CustomObject, useCustomFields } from './api'
import { CustomInput } from './CustomInput'

type Props = {
  object: CustomObject
  value: Custom
  onChange: (value: Custom) => void
  /** Errors by key, as the form holds them. */
  errors: unknown
  /** Names of the people and records that the values point at. */
  names?: Record<string, string> | undefined
  /** Only what must be filled in. */
  demanded?: boolean
}

export function CustomInputs({ object, value, onChange, errors, names, demanded }: Props) {
  const fields = useCustomFields(object).filter((field) => !demanded || (field.required && !field.right))
  const refused = (errors ?? {}) as Record<string, { message?: string } | undefined>
  if (fields.length === 0) return null
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {fields.map((field) => (
        <fieldset key={field.id} disabled={field.right === 'read_only'} className={cx('min-w-0', (field.kind === 'long_text' || field.kind === 'multi_choice') && 'sm:col-span-2')}>
          <CustomInput
            field={field}
            value={value[field.key]}
            onChange={(next) => onChange({ ...value, [field.key]: next })}
            error={refused[field.key]?.message}
            names={names ?? {}}
          />
        </fieldset>
      ))}
    </div>
  )
}

/** The names of the inputs, for what the server refuses. */
export function useCustomPaths(object: CustomObject): string[] {
  return useCustomFields(object).map((field) => `custom.${field.key}`)
}
