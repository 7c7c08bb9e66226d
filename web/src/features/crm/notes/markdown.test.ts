import { expect, test } from 'vitest'
import { blocks, inlines, safeHref, withIds, withNames } from './markdown'

const ana = { id: 'mem_019abc0123457def8123456789abcdef', name: 'Ana' }
const ruiz = { id: 'mem_019abc0123457def8123456789abcdee', name: 'Ana Ruiz' }

test('bold, italic, code, links and mentions are read, also inside each other', () => {
  expect(inlines('a **b *c*** `d*`')).toEqual([
    { type: 'text', text: 'a ' },
    { type: 'bold', inside: [{ type: 'text', text: 'b ' }, { type: 'italic', inside: [{ type: 'text', text: 'c' }] }] },
    { type: 'text', text: ' ' },
    { type: 'code', text: 'd*' },
  ])
  expect(inlines(`@${ana.id}!`)).toEqual([{ type: 'mention', id: ana.id }, { type: 'text', text: '!' }])
  expect(inlines('[us](mailto:a@b.example)')).toEqual([{ type: 'link', href: 'mailto:a@b.example', inside: [{ type: 'text', text: 'us' }] }])
  expect(inlines('See https://a.example/x_y_z.')).toEqual([
    { type: 'text', text: 'See ' },
    { type: 'link', href: 'https://a.example/x_y_z', inside: [{ type: 'text', text: 'https://a.example/x_y_z' }] },
    { type: 'text', text: '.' },
  ])
})

test('lists, code and paragraphs', () => {
  expect(blocks('One\ntwo\n\n- a\n- b\n1. c\n```\n<b>- x\n```\nEnd').map((block) => block.type)).toEqual(['paragraph', 'bullets', 'numbers', 'code', 'paragraph'])
  expect(blocks('```\n<b>**x**')).toEqual([{ type: 'code', text: '<b>**x**' }])
})

test('what is no Markdown of ours stays text', () => {
  for (const text of ['<img src=x onerror=alert(1)>', '2 * 3 * 4', 'snake_case_name', '** x **', '[x](javascript:alert(1))', '[x](data:text/html,1)', '[x](//evil.example)', '@mem_1', '![x](y)']) {
    expect(inlines(text), text).toEqual([{ type: 'text', text }])
  }
})

test('links lead to the web and to mail alone', () => {
  for (const bad of ['javascript:alert(1)', ' javascript:alert(1)', 'JaVaScript:1', 'vbscript:x', 'file:///etc/passwd', 'data:text/html,x', 'http://', '/x', '']) expect(safeHref(bad), bad).toBeNull()
  expect(safeHref('HTTPS://a.example')).toBe('https://a.example/')
})

test('names and ids', () => {
  expect(withIds('@Ana Ruiz and @Ana', [ana, ruiz])).toBe(`@${ruiz.id} and @${ana.id}`)
  expect(withNames(`@${ruiz.id}, @${ana.id}`, [ana, ruiz])).toBe('@Ana Ruiz, @Ana')
})

test('long and hostile text is read in time', () => {
  for (const text of ['**'.repeat(5_000), '['.repeat(10_000), '*a'.repeat(5_000), '`'.repeat(9_999), '_a '.repeat(3_333)]) {
    const begin = performance.now()
    blocks(text)
    expect(performance.now() - begin, text.slice(0, 4)).toBeLessThan(1_000)
  }
})
