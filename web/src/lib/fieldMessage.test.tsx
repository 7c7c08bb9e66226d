import { renderHook } from '@testing-library/react'
import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'
import { beforeAll, expect, it } from 'vitest'
import words from '../locales/en/ui.json'
import { useFieldMessage } from './fieldMessage'
import { required } from './schema'

beforeAll(() => i18n.use(initReactI18next).init({ lng: 'en', ns: ['ui'], resources: { en: { ui: words } } }))

const say = () => renderHook(() => useFieldMessage()).result.current

it('turns the keys of schemas into sentences, with their numbers', () => {
  const issue = required(3).safeParse('abcd').error?.issues[0]
  expect(say()({ message: issue?.message })).toBe('At most 3 characters.')
  expect(say()({ message: required().safeParse(' ').error?.issues[0]?.message })).toBe('Fill this in.')
})

it('leaves the words of the server as they are', () => {
  expect(say()({ message: 'Someone else uses this address.' })).toBe('Someone else uses this address.')
  expect(say()({ message: 'example.com' })).toBe('example.com')
  expect(say()(undefined)).toBeUndefined()
})
