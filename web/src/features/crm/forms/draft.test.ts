import { expect, test } from 'vitest'
import { keyFor, moved } from './draft'

const field = (key: string) => ({ kind: 'text' as const, key, label: key })

test('a question has a key that no other has, and a field of a lead its own', () => {
  expect(keyFor('text', [field('q_1'), field('q_3')])).toBe('q_2')
  expect(keyFor('email', [field('q_1')])).toBe('email')
})

test('a field goes to its new place and the others close up', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
})
