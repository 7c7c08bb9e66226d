import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import i18n from 'i18next'
import { useState } from 'react'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { setRegion } from '@/lib/format'
import words from '../locales/es/ui.json'
import { MoneyField } from './MoneyField'

beforeAll(() => i18n.use(initReactI18next).init({ lng: 'es', ns: ['ui'], resources: { es: { ui: words } } }))
afterEach(() => {
  cleanup()
  setRegion(undefined, undefined)
})

function Form({ start = '' }: { start?: string }) {
  const [amount, setAmount] = useState(start)
  return (
    <>
      <MoneyField label="Valor" currency="EUR" value={amount} onChange={setAmount} />
      <output>{amount}</output>
    </>
  )
}

function type(text: string): string | null {
  const input = screen.getByLabelText('Valor')
  fireEvent.focus(input)
  fireEvent.change(input, { target: { value: text } })
  fireEvent.blur(input)
  return screen.getByRole('status').textContent
}

it('reads what a Spaniard types and keeps an exact decimal', () => {
  setRegion('ES', undefined)
  render(<Form />)
  expect(type('12.345,6')).toBe('12345.60')
  expect((screen.getByLabelText('Valor') as HTMLInputElement).value).toBe('12.345,60')
})

it('refuses more digits than the currency has, and says so', () => {
  setRegion('ES', undefined)
  render(<Form start="5.00" />)
  expect(type('1,234')).toBe('5.00')
  expect(screen.getByText('Como máximo 2 decimales.')).toBeTruthy()
})

it('can be emptied', () => {
  render(<Form start="5.00" />)
  expect(type('')).toBe('')
})
