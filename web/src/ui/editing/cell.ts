/** How a column of a list is changed in place: what its editor takes and gives, and what becomes of it. */
import type { ReactNode } from 'react'

/** Why a value was not taken. `changed`: somebody else changed the record, so that its editor shows what stands there now. */
export type Refusal = { words: string; changed?: boolean }

export type CellInput = {
  label: string
  value: unknown
  onChange: (value: unknown) => void
  /** For what is chosen in one act: it is saved at once. */
  onPick: (value: unknown) => void
  error: string | undefined
}

export type CellEdit<T> = {
  /** Whether this row's value may be changed here and now. */
  may: (row: T) => boolean
  /** What the record is called. */
  named: (row: T) => string
  value: (row: T) => unknown
  input: (props: CellInput, row: T) => ReactNode
  /** What is wrong with a value before anybody is asked. */
  check: (value: unknown) => string | undefined
  /** Shows the value at once and has it saved, if the record is still as `row` is. What is refused comes back, later. */
  save: (row: T, value: unknown, refused: (value: unknown, refusal: Refusal) => void) => void
}

const isBlank = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Whether two values say the same: blanks of all kinds do. */
export const isSame = (one: unknown, other: unknown): boolean =>
  isBlank(one) || isBlank(other) ? isBlank(one) && isBlank(other) : JSON.stringify(one) === JSON.stringify(other)

/** The name of a cell of a table: its row, then its column. */
export const cellKey = (row: string, column: string) => `${row} ${column}`
