/**
 * Decimal strings, exact. Money, rates and quantities travel as strings such as "1234.50";
 * nothing here, or anywhere in the app, turns them into binary floating point to calculate.
 */

const PLAIN = /^-?\d+(\.\d+)?$/

/** Whether `value` is a plain decimal string as the API writes it. */
export function isDecimal(value: string): boolean {
  return PLAIN.test(value)
}

/**
 * Reads what a person typed ("1.234,50", "1,234.50", "1 234,5", "12") into a decimal
 * string, or null when it cannot be read. `decimalMark` is the mark of the reader's
 * locale; it settles the ambiguous cases such as "1.234".
 */
export function parseDecimal(input: string, decimalMark: '.' | ','): string | null {
  const text = input.replace(/[\s\u00a0\u202f'’]/g, '').replace('−', '-')
  if (!/^-?[\d.,]+$/.test(text) || !/\d/.test(text)) return null
  const mark = findMark(text, decimalMark)
  if (mark === null) return null
  const thousands = mark === '.' ? ',' : '.'
  const [whole = '', ...rest] = text.split(mark)
  if (rest.length > 1 || rest.some((part) => part.includes(thousands))) return null
  if (!groupsAreSound(whole.replace('-', ''), thousands)) return null
  const sign = whole.startsWith('-') ? '-' : ''
  const digits = whole.replace(/[^\d]/g, '').replace(/^0+(?=\d)/, '') || '0'
  const fraction = rest[0] ?? ''
  const plain = fraction ? `${digits}.${fraction}` : digits
  return /^[0.]+$/.test(plain) ? plain : sign + plain
}

/** The decimal mark of `text`: the last of two different marks, else the locale's. */
function findMark(text: string, locale: '.' | ','): '.' | ',' | null {
  const dot = text.lastIndexOf('.')
  const comma = text.lastIndexOf(',')
  if (dot >= 0 && comma >= 0) return dot > comma ? '.' : ','
  const only = dot >= 0 ? '.' : comma >= 0 ? ',' : locale
  if (only === locale) return locale
  // One foreign mark: "12.5" typed by a Spaniard is a fraction, "1.234" is a group.
  const parts = text.split(only)
  const grouped = parts.slice(1).every((part) => part.length === 3)
  return grouped ? locale : parts.length === 2 ? only : null
}

function groupsAreSound(whole: string, thousands: string): boolean {
  if (!whole.includes(thousands)) return true
  const [first = '', ...rest] = whole.split(thousands)
  return first.length > 0 && first.length <= 3 && rest.every((part) => part.length === 3)
}

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`. Both plain decimals. */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  const scale = Math.max(fractionLength(a), fractionLength(b))
  const x = scaled(a, scale)
  const y = scaled(b, scale)
  return x < y ? -1 : x > y ? 1 : 0
}

/** The exact sum of plain decimals, with as many fraction digits as the longest. */
export function addDecimals(values: string[]): string {
  const scale = Math.max(0, ...values.map(fractionLength))
  const total = values.reduce((sum, value) => sum + scaled(value, scale), 0n)
  return unscaled(total, scale)
}

/** Pads or refuses: "5" with 2 digits is "5.00"; a longer fraction gives null. */
export function withFraction(value: string, digits: number): string | null {
  const [whole = '0', fraction = ''] = value.split('.')
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > digits) return null
  return digits === 0 ? whole : `${whole}.${kept.padEnd(digits, '0')}`
}

function fractionLength(value: string): number {
  return value.split('.')[1]?.length ?? 0
}

function scaled(value: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = value.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}

function unscaled(value: bigint, scale: number): string {
  const negative = value < 0n
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0')
  const cut = digits.length - scale
  const plain = scale ? `${digits.slice(0, cut)}.${digits.slice(cut)}` : digits
  return negative ? `-${plain}` : plain
}
