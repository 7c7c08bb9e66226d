/** What a form changed of a record's own values. */
import type { Custom } from './api'

const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The keys that differ; what was emptied is null. */
export function changedValues(before: Custom, after: Custom): Custom {
  const changed: Custom = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [had, has] = [before[key], after[key]]
    if (isBlank(had) && isBlank(has)) continue
    if (JSON.stringify(had) !== JSON.stringify(has)) changed[key] = isBlank(has) ? null : has
  }
  return changed
}
