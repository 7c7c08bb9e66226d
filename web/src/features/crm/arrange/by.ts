/** How a list is grouped and what is made of its values, as the address and the server write it. Pure. */
import type { FilterField } from '../views/api'
import { editable, type Tree } from '../views/tree'
import type { Each } from './api'

export const EACH = ['day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly Each[]

export const isDated = (field: FilterField) => field.kind === 'date' || field.kind === 'time'

/** Whether a board can stand by it: cards are put from choice to choice. The state of a deal is what becomes of it, not a choice. */
export const isBoarded = (noun: string, field: FilterField) => field.kind === 'choice' && !(noun === 'deal' && field.name === 'state')

/** "created_at:month" in its parts. */
export function partsOfBy(by: string | undefined): { name: string | undefined; each: Each } {
  const [name, each] = by?.split(':') ?? []
  return { name: name || undefined, each: EACH.find((one) => one === each) ?? 'month' }
}

export const byOf = (field: FilterField, each: Each): string => (isDated(field) ? `${field.name}:${each}` : field.name)

/** "sum:amount" in its parts. */
export function partsOfAggregate(aggregate: string): { op: string; name: string } {
  const at = aggregate.indexOf(':')
  return { op: aggregate.slice(0, at), name: aggregate.slice(at + 1) }
}

export const listed = (sum: string | undefined): string[] => sum?.split(',').filter(Boolean) ?? []

/** The aggregates of fields there are; of those that the reader may not ask about, none is left. */
export function onlyOf(sum: string | undefined, fields: FilterField[] | undefined): string | undefined {
  const names = fields?.map((field) => field.name) ?? []
  return listed(sum).filter((one) => names.includes(partsOfAggregate(one).name)).join(',') || undefined
}

/** The list of aggregates with one more or one less; nothing where none is left. */
export function toggled(sum: string | undefined, aggregate: string): string | undefined {
  const before = listed(sum)
  const after = before.includes(aggregate) ? before.filter((one) => one !== aggregate) : [...before, aggregate]
  return after.length > 0 ? after.join(',') : undefined
}

/** The filter of the list with the condition of a group. */
export function within(filter: object | null | undefined, condition: unknown): Tree {
  return filter ? { all: [editable(filter as Tree), condition as Tree] } : (condition as Tree)
}
