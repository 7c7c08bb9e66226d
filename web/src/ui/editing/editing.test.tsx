import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import i18n from 'i18next'
import { useRef } from 'react'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import words from '../../locales/en/ui.json'
import type { Column } from '../DataTable'
import { DecimalField } from '../MoneyField'
import { TextField } from '../TextField'
import { Cell } from './Cell'
import type { CellEdit } from './cell'
import { EditingNotes } from './EditingNotes'
import { cellKeys } from './keys'
import { useEditing } from './useEditing'

type Row = { id: string; name: string; city: string; price: string; closed?: boolean }
const ROWS: Row[] = [
  { id: 'r1', name: 'Aurora', city: 'Lugo', price: '5' },
  { id: 'r2', name: 'Boreal', city: 'Vigo', price: '6', closed: true },
  { id: 'r3', name: 'Cierzo', city: 'Oviedo', price: '7' },
]
const save = vi.fn<CellEdit<Row>['save']>()

const editOf = (name: 'name' | 'city' | 'price'): CellEdit<Row> => ({
  may: (row) => !row.closed,
  named: (row) => row.name,
  value: (row) => row[name],
  input: ({ label, value, onChange, error }) =>
    name === 'price' ? <DecimalField label={label} value={String(value)} onChange={onChange} error={error} /> : <TextField label={label} labelHidden value={String(value)} onChange={(event) => onChange(event.target.value)} error={error} />,
  check: (value) => (value === '' ? 'Fill this in.' : undefined),
  save,
})
const COLUMNS: Column<Row>[] = [
  { id: 'name', header: 'Name', cell: (row) => <a href={`#${row.id}`}>{row.name}</a>, edit: editOf('name') },
  { id: 'since', header: 'Since', cell: () => 'today' },
  { id: 'city', header: 'City', cell: (row) => row.city, edit: editOf('city') },
  { id: 'price', header: 'Price', cell: (row) => row.price, edit: editOf('price') },
]

function Table() {
  const box = useRef<HTMLDivElement>(null)
  const editing = useEditing(box)
  return (
    <div ref={box} onKeyDown={(event) => cellKeys(event, editing.open)}>
      <table>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.id} tabIndex={-1} data-testid={row.id}>
              {COLUMNS.map((column) => (
                <Cell key={column.id} column={column} row={row} at={row.id} editing={editing} first={false} last={false} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <EditingNotes editing={editing} />
    </div>
  )
}

beforeAll(() => i18n.use(initReactI18next).init({ lng: 'en', ns: ['ui'], resources: { en: { ui: words } } }))
beforeEach(() => {
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  save.mockReset()
  render(<Table />)
})
afterEach(cleanup)

const cell = (row: string, column: string) => screen.getByTestId(row).querySelector<HTMLElement>(`[data-cell="${column}"]`) as HTMLElement
const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label, { selector: 'input' })
/** Answers whether the key was left to others. */
async function press(key: string, more: object = {}): Promise<boolean> {
  let left = false
  await act(async () => {
    left = fireEvent.keyDown(document.activeElement as Element, { key, ...more })
  })
  return left
}
const type = (label: string, value: string) => fireEvent.change(field(label), { target: { value } })

it('is opened by a double click, named by column and record, and saved with Enter', async () => {
  await act(async () => void fireEvent.doubleClick(cell('r1', 'city')))
  expect(screen.getByRole('dialog', { name: 'City of Aurora' })).toBeTruthy()
  expect(document.activeElement).toBe(field('City of Aurora'))
  type('City of Aurora', 'Ourense')
  await press('Enter')
  expect(save).toHaveBeenCalledWith(ROWS[0], 'Ourense', expect.any(Function))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement).toBe(cell('r1', 'city'))
})

it('saves nothing that did not change, and nothing after Escape', async () => {
  act(() => cell('r1', 'city').focus())
  await press('F2')
  await press('Enter')
  await press('Enter')
  type('City of Aurora', 'Ourense')
  await press('Escape')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.activeElement).toBe(cell('r1', 'city'))
  expect(save).not.toHaveBeenCalled()
})

it('goes on with Tab to the next cell that may be changed, over rows, and back with Shift', async () => {
  act(() => cell('r1', 'price').focus())
  await press('F2')
  await press('Tab')
  expect(document.activeElement).toBe(field('Name of Cierzo'))
  type('Name of Cierzo', 'Ábrego')
  await press('Tab', { shiftKey: true })
  expect(document.activeElement).toBe(field('Price of Aurora'))
  expect(save).toHaveBeenCalledTimes(1)
  expect(save).toHaveBeenCalledWith(ROWS[2], 'Ábrego', expect.any(Function))
})

it('stays open on what cannot be read or is missing', async () => {
  act(() => cell('r1', 'price').focus())
  await press('Enter')
  type('Price of Aurora', 'much')
  await press('Enter')
  expect(screen.getByText('Write a number.')).toBeTruthy()
  await press('Escape')
  act(() => cell('r1', 'name').focus())
  await press('Enter')
  type('Name of Aurora', '')
  await press('Tab')
  expect(screen.getByText('Fill this in.')).toBeTruthy()
  expect(save).not.toHaveBeenCalled()
})

it('opens nothing where nothing may be changed', async () => {
  fireEvent.doubleClick(cell('r2', 'city'))
  act(() => cell('r2', 'city').focus())
  await press('F2')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(cell('r2', 'city').dataset.edit).toBeUndefined()
})

it('shows what was refused at its cell again, with the reason, once no other cell is being changed', async () => {
  act(() => cell('r1', 'city').focus())
  await press('Enter')
  type('City of Aurora', 'Ourense')
  await press('Tab')
  expect(document.activeElement).toBe(field('Price of Aurora'))
  const refused = save.mock.calls[0]?.[2]
  act(() => refused?.('Ourense', { words: 'Somebody else changed it.', changed: true }))
  // The person is in the next cell: the first one is marked and read out, and waits.
  expect(document.activeElement).toBe(field('Price of Aurora'))
  expect(screen.getByRole('alert').textContent).toBe('Somebody else changed it.')
  expect(cell('r1', 'city').title).toBe('Somebody else changed it.')
  await press('Escape')
  const input = field('City of Aurora')
  expect(input.value).toBe('Ourense')
  expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Somebody else changed it.')
  expect(screen.getByRole('dialog').textContent).toContain('Now it says:Lugo')
  // Saved again as it stands, it is sent again.
  await press('Enter')
  expect(save).toHaveBeenCalledTimes(2)
  expect(cell('r1', 'city').title).toBe('')
})

it('moves between cells with arrows and leaves rows their own keys', async () => {
  act(() => screen.getByTestId('r1').focus())
  expect(await press('Enter')).toBe(true)
  expect(await press('ArrowDown')).toBe(true)
  await press('ArrowRight')
  expect(document.activeElement).toBe(cell('r1', 'name'))
  await press('ArrowRight')
  await press('ArrowDown')
  expect(document.activeElement).toBe(cell('r2', 'since'))
  await press('k')
  expect(document.activeElement).toBe(cell('r1', 'since'))
  await press('ArrowUp')
  expect(document.activeElement).toBe(cell('r1', 'since'))
  // In a cell that cannot be changed Enter stays that of the row: it opens the record.
  expect(await press('Enter')).toBe(true)
  await press('Home')
  await press('ArrowLeft')
  expect(document.activeElement).toBe(screen.getByTestId('r1'))
  await press('F2')
  expect(document.activeElement).toBe(field('Name of Aurora'))
})
