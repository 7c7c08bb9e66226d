/**
 * The small part of Markdown that notes are written in, read into a tree of plain values. Whatever is not part of it
 * stays text; nothing becomes HTML. Links lead to http, https and mailto and nowhere else.
 */

export type Inline =
  | { type: 'text' | 'code'; text: string }
  | { type: 'bold' | 'italic'; inside: Inline[] }
  | { type: 'link'; href: string; inside: Inline[] }
  | { type: 'mention'; id: string }

export type Block = { type: 'paragraph'; lines: Inline[][] } | { type: 'bullets' | 'numbers'; items: Inline[][] } | { type: 'code'; text: string }

/** The address if it may be followed, else null. */
export function safeHref(address: string): string | null {
  if (!/^(https?:\/\/|mailto:)/i.test(address)) return null
  try {
    return new URL(address).href
  } catch {
    return null
  }
}

type Rule = [pattern: RegExp, make: (match: RegExpExecArray, depth: number) => Inline | null]

/** Tried in this order where a piece of text begins with one of their first characters. */
const RULES: Rule[] = [
  [/`([^`\n]{1,1000})`/y, (match) => ({ type: 'code', text: match[1] ?? '' })],
  [/\*\*(?=\S)([^\n]{1,1000}?)\*\*(?!\*)/y, (match, depth) => ({ type: 'bold', inside: inlines(match[1] ?? '', depth + 1) })],
  [/\*(?=[^\s*])([^*\n]{1,1000})\*/y, (match, depth) => ({ type: 'italic', inside: inlines(match[1] ?? '', depth + 1) })],
  [/_(?=[^\s_])([^_\n]{1,1000})_(?![\p{L}\p{N}])/uy, (match, depth) => ({ type: 'italic', inside: inlines(match[1] ?? '', depth + 1) })],
  [
    /\[([^\]\n]{1,500})\]\(([^)\s]{1,2000})\)/y,
    (match, depth) => {
      const href = safeHref(match[2] ?? '')
      return href === null ? null : { type: 'link', href, inside: inlines(match[1] ?? '', depth + 1) }
    },
  ],
  [/@(mem_[0-9a-f]{32})/y, (match) => ({ type: 'mention', id: match[1] ?? '' })],
  [
    /https?:\/\/[^\s<>()]{1,2000}[^\s<>().,;:!?'"]/y,
    (match) => {
      const href = safeHref(match[0])
      return href === null ? null : { type: 'link', href, inside: [{ type: 'text', text: match[0] }] }
    },
  ],
]

const STARTS = '`*_[@h'
const WORD = /[\p{L}\p{N}]/u

export function inlines(text: string, depth = 0): Inline[] {
  if (depth > 4) return [{ type: 'text', text }]
  const found: Inline[] = []
  let plain = ''
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? ''
    const inWord = (char === '_' || char === 'h') && at > 0 && WORD.test(text[at - 1] ?? '')
    const hit = STARTS.includes(char) && !inWord ? read(text, at, depth) : null
    if (!hit) {
      plain += char
      at += 1
      continue
    }
    if (plain) found.push({ type: 'text', text: plain })
    plain = ''
    found.push(hit.inline)
    at += hit.length
  }
  if (plain) found.push({ type: 'text', text: plain })
  return found
}

function read(text: string, at: number, depth: number): { inline: Inline; length: number } | null {
  for (const [pattern, make] of RULES) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    const inline = match && make(match, depth)
    if (match && inline) return { inline, length: match[0].length }
  }
  return null
}

const BULLET = /^\s{0,3}[-*]\s+(.*)$/
const NUMBER = /^\s{0,3}\d{1,9}[.)]\s+(.*)$/

export function blocks(text: string): Block[] {
  const found: Block[] = []
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const last = found.at(-1)
    if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1)
      const stop = end < 0 ? lines.length : end
      found.push({ type: 'code', text: lines.slice(at + 1, stop).join('\n') })
      at = stop
      continue
    }
    const bullet = BULLET.exec(line)
    const number = bullet ? null : NUMBER.exec(line)
    const item = bullet ?? number
    if (item) {
      const type = bullet ? 'bullets' : 'numbers'
      if (last?.type === type) last.items.push(inlines(item[1] ?? ''))
      else found.push({ type, items: [inlines(item[1] ?? '')] })
    } else if (!line.trim()) {
      found.push({ type: 'paragraph', lines: [] })
    } else if (last?.type === 'paragraph') {
      last.lines.push(inlines(line))
    } else {
      found.push({ type: 'paragraph', lines: [inlines(line)] })
    }
  }
  return found.filter((block) => block.type !== 'paragraph' || block.lines.length > 0)
}

// Mentions in the editor: names on screen, ids in what is stored.

export type Person = { id: string; name: string }

/** Stored text as it is edited. */
export function withNames(text: string, people: Person[]): string {
  return people.reduce((shown, person) => shown.replaceAll(`@${person.id}`, `@${person.name}`), text)
}

/** Edited text as it is stored: the longest name first, so that "@Ana Ruiz" is not read as "@Ana". */
export function withIds(text: string, people: Person[]): string {
  const longest = [...people].sort((a, b) => b.name.length - a.name.length)
  return longest.reduce((stored, person) => stored.replaceAll(`@${person.name}`, `@${person.id}`), text)
}
