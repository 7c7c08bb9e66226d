/**
 * Formatters by what they were asked for: making one costs more than a hundred uses of it, and a board or a table asks
 * for the same few with each row it draws.
 */
const kept = new Map<string, unknown>()

function once<T>(kind: string, tag: string, options: object, make: () => T): T {
  const key = `${kind} ${tag} ${JSON.stringify(options)}`
  const found = kept.get(key) as T | undefined
  if (found) return found
  const made = make()
  kept.set(key, made)
  return made
}

export const numberFormat = (tag: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
  once('number', tag, options, () => new Intl.NumberFormat(tag, options))

export const dateFormat = (tag: string, options: Intl.DateTimeFormatOptions = {}): Intl.DateTimeFormat =>
  once('date', tag, options, () => new Intl.DateTimeFormat(tag, options))

export const relativeFormat = (tag: string, options: Intl.RelativeTimeFormatOptions = {}): Intl.RelativeTimeFormat =>
  once('relative', tag, options, () => new Intl.RelativeTimeFormat(tag, options))

export const displayNames = (tag: string, options: Intl.DisplayNamesOptions): Intl.DisplayNames =>
  once('names', tag, options, () => new Intl.DisplayNames(tag, options))
