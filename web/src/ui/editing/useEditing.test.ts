import { expect, it } from 'vitest'
import { IDLE, step } from './useEditing'

const failure = { words: 'No.', draft: 'x' }

it('opens again what was refused, unless the person has gone elsewhere', () => {
  expect(step(IDLE, { did: 'fail', key: 'a', failure, here: true }).at).toBe('a')
  const away = step(IDLE, { did: 'fail', key: 'a', failure, here: false })
  expect([away.at, away.failed.a]).toEqual([null, failure])
})

it('lets what was refused wait for the editor that is open, one after the other', () => {
  let state = step(IDLE, { did: 'open', key: 'c' })
  for (const key of ['a', 'b', 'a']) state = step(state, { did: 'fail', key, failure, here: true })
  expect(state.at).toBe('c')
  state = step(state, { did: 'close', key: 'c' })
  expect([state.at, state.waiting]).toEqual(['b', ['a']])
  state = step(state, { did: 'close', key: 'b' })
  expect([state.at, state.waiting, Object.keys(state.failed)]).toEqual(['a', [], ['a']])
})
