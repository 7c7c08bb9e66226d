/** Puts the server's word on single fields beside those fields. */
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form'
import { toProblem } from './problem'

/**
 * Shows each refused field of `error` in the form. Returns the error again if something
 * remains to be said that belongs to no known field, else null.
 */
export function showFieldErrors<T extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<T>,
  known: readonly string[],
): unknown {
  const { fields } = toProblem(error)
  const mine = fields.filter((field) => known.includes(field.field))
  mine.forEach((field, index) =>
    setError(field.field as Path<T>, { type: field.code, message: field.message }, { shouldFocus: index === 0 }),
  )
  return mine.length > 0 && mine.length === fields.length ? null : error
}
