/** The columns of a board by the choices of a field. Pure. */
import type { FilterField } from '../views/api'
import type { Figure, Groups } from './api'

/** The column of records that have no choice, where an id is wanted. */
export const NO_CHOICE = 'none'

/** What a person does not choose: it comes of an action of its own. */
const COMES_OF_ITSELF: Record<string, string[]> = { 'lead.status': ['disqualified', 'converted'] }

export type BoardWord = { key: string | null; label: string | null }
export type BoardColumnOf = BoardWord & {
  count: number
  values: Figure[][]
  /** The condition that the list takes to show it. */
  filter: object
  /** Cards can be put here. */
  takes: boolean
}

/** One for each choice in their order, also where nothing lies; the choice that is no longer offered and records without one only while there are some. */
export function columnsOf(noun: string, field: FilterField, groups: Groups | undefined): BoardColumnOf[] {
  const found = (key: string | null) => groups?.groups.find((group) => (group.key ?? null) === key)
  const column = (key: string | null, label: string | null, takes: boolean): BoardColumnOf => {
    const group = found(key)
    const filter = key === null ? { field: field.name, op: 'empty' } : { field: field.name, op: 'is', value: key }
    return { key, label, count: group?.count ?? 0, values: group?.values ?? [], filter, takes }
  }
  const itself = COMES_OF_ITSELF[`${noun}.${field.name}`] ?? []
  const words =
    field.choices.length > 0
      ? field.choices.filter((choice) => !choice.archived || found(choice.id)).map((choice) => column(choice.id, choice.label, !choice.archived))
      : field.words.map((word) => column(word, null, !itself.includes(word)))
  // What every record has, such as the status of a lead, has no column for records without it.
  const mayBeNone = field.choices.length > 0 || field.name === 'language'
  return mayBeNone ? [column(null, null, true), ...words] : words
}
