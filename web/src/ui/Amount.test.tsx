import { cleanup, render } from '@testing-library/react'
import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, it } from 'vitest'
import words from '../locales/en/ui.json'
import { Amount } from './Amount'

beforeAll(() => i18n.use(initReactI18next).init({ lng: 'en', ns: ['ui'], resources: { en: { ui: words } } }))
afterEach(cleanup)

it('shows an amount as it is', () => {
  expect(render(<Amount value={{ amount: '0.00', currency: 'EUR' }} />).container.textContent).toBe('€0.00')
})

it('shows a dash for a hidden one, and says what it is to who cannot see it', () => {
  const { container } = render(<Amount value={{ amount: null, currency: 'EUR' }} />)
  expect(container.textContent).toBe('—Amount hidden')
  expect(container.querySelector('[aria-hidden]')?.textContent).toBe('—')
  expect(container.querySelector('[title="Amount hidden"]')).not.toBeNull()
})
