/** The state of a list page lives in its address: text, order and filters, so that it can be shared and gone back to. */

export type ListSearch = { q?: string; sort?: string }

/** A search parameter as text; the router has already turned "123" into a number. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value || undefined
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** One of a fixed list of words, else nothing. */
export function asOneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((word) => word === value)
}

/** Reads the part that every list has. */
export function listSearch(search: Record<string, unknown>): ListSearch {
  const q = asText(search.q)
  const sort = asText(search.sort)
  return { ...(q ? { q } : {}), ...(sort ? { sort } : {}) }
}
