/** What a new record takes over from the own fields of the lead it is made of, as the server does it. */
import type { Custom, CustomField } from '../custom/api'

/** The values that have a twin among `twins`: a field of the same key and kind. A choice is known by what it is called. */
export function carried(values: Custom, fields: CustomField[], twins: CustomField[]): Custom {
  const taken: Custom = {}
  for (const field of fields) {
    const twin = twins.find((one) => one.key === field.key && one.kind === field.kind && one.target === field.target)
    const value = twin && translated(field, twin, values[field.key])
    if (value !== undefined) taken[field.key] = value
  }
  return taken
}

function translated(field: CustomField, twin: CustomField, value: unknown): unknown {
  if (field.choices.length === 0 || value === undefined) return value
  const choice = (id: unknown) => {
    const label = field.choices.find((one) => one.id === id)?.label
    return twin.choices.find((one) => !one.archived && one.label === label)?.id
  }
  if (!Array.isArray(value)) return choice(value)
  const chosen = value.map(choice)
  return chosen.includes(undefined) ? undefined : chosen
}
