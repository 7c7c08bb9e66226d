import { expect, test } from 'vitest'
import type { CustomField } from '../custom/api'
import { carried } from './carried'

const field = (key: string, kind: CustomField['kind'], labels: string[] = [], first = 1): CustomField =>
  ({ key, kind, target: null, choices: labels.map((label, at) => ({ id: `c${first + at}`, label, archived: false })) }) as unknown as CustomField

test('a value goes to the field of the same key and kind', () => {
  const own = [field('vans', 'number'), field('since', 'date'), field('note', 'text')]
  expect(carried({ vans: '12', since: '2027-01-01', note: 'x' }, own, [field('vans', 'number'), field('since', 'text')])).toEqual({ vans: '12' })
})

test('a choice is known by what it is called', () => {
  const own = [field('level', 'choice', ['Gold', 'Iron']), field('likes', 'multi_choice', ['Tea', 'Mate'])]
  const twins = [field('level', 'choice', ['Iron', 'Gold']), field('likes', 'multi_choice', ['Tea'])]
  expect(carried({ level: 'c1', likes: ['c1'] }, own, twins)).toEqual({ level: 'c2', likes: ['c1'] })
  expect(carried({ likes: ['c1', 'c2'] }, own, twins)).toEqual({})
})
