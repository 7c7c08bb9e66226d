/**
 * A rough word on how long a password would stand, while it is typed. Advice only: the server
 * decides, and also refuses passwords known from breaches.
 */
export type Strength = { score: 0 | 1 | 2 | 3 | 4; advice: 'short' | 'personal' | 'repeats' | 'simple' | 'fine' }

export const SHORTEST = 10

export function strengthOf(password: string, personal: string[]): Strength {
  const lower = password.toLowerCase()
  if (password.length < SHORTEST) return { score: password.length > 6 ? 1 : 0, advice: 'short' }
  const pieces = personal.flatMap((value) => value.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((piece) => piece.length > 3)
  if (pieces.some((piece) => lower.includes(piece))) return { score: 1, advice: 'personal' }
  const distinct = new Set(lower).size
  if (distinct < password.length / 2.5 || /(.{2,})\1{2,}/.test(lower)) return { score: 1, advice: 'repeats' }
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length
  const bits = distinct * Math.log2(8 + kinds * 18) * (password.length > 16 ? 1.2 : 1)
  if (bits < 45) return { score: 2, advice: 'simple' }
  return { score: bits > 75 ? 4 : 3, advice: 'fine' }
}
