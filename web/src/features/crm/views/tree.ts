/** A filter as the server takes it, and how the screen changes one. Pure. */
import type { FilterField, FilterOp } from './api'

export type Leaf = { field: string; op: FilterOp; value?: unknown }
export type Tree = { all: Tree[] } | { any: Tree[] } | { not: Tree } | Leaf
export type Group = { all: Tree[] } | { any: Tree[] }

export const isGroup = (tree: Tree): tree is Group => 'all' in tree || 'any' in tree
export const isLeaf = (tree: Tree): tree is Leaf => 'field' in tree
export const modeOf = (group: Group): 'all' | 'any' => ('all' in group ? 'all' : 'any')
export const partsOf = (group: Group): Tree[] => ('all' in group ? group.all : group.any)
export const groupOf = (mode: 'all' | 'any', parts: Tree[]): Group => (mode === 'all' ? { all: parts } : { any: parts })

/** Whether something that came from outside, such as an address, has the shape of a filter. What is in it, the server reads. */
export function isTree(value: unknown): value is Tree {
  if (typeof value !== 'object' || value === null) return false
  const part = value as Record<string, unknown>
  const group = part.all ?? part.any
  if (group !== undefined) return Array.isArray(group) && group.every(isTree)
  return 'not' in part ? isTree(part.not) : typeof part.field === 'string' && typeof part.op === 'string'
}

/** How many conditions there are. */
export function count(tree: Tree | null | undefined): number {
  if (!tree) return 0
  if (isGroup(tree)) return partsOf(tree).reduce((sum, part) => sum + count(part), 0)
  return 'not' in tree ? count(tree.not) : 1
}

/** What the builder edits: a group on top, whatever came. */
export const editable = (tree: Tree | null | undefined): Group => (!tree ? { all: [] } : isGroup(tree) ? tree : { all: [tree] })

/** Groups without conditions say nothing; null where nothing is left. */
export function pruned(tree: Tree): Tree | null {
  if (!isGroup(tree)) return tree
  const parts = partsOf(tree).flatMap((part) => pruned(part) ?? [])
  return parts.length === 0 ? null : groupOf(modeOf(tree), parts)
}

const NO_VALUE: FilterOp[] = ['empty', 'filled']
const SEVERAL: FilterOp[] = ['any_of', 'none_of', 'all_of']
const DAYS: FilterOp[] = ['last_days', 'next_days', 'older_than_days']

export type Shape = 'none' | 'one' | 'several' | 'pair' | 'days' | 'period'

/** What an operator wants beside it. */
export function shapeOf(op: FilterOp): Shape {
  if (NO_VALUE.includes(op)) return 'none'
  if (SEVERAL.includes(op)) return 'several'
  if (DAYS.includes(op)) return 'days'
  return op === 'between' ? 'pair' : op === 'this' ? 'period' : 'one'
}

/** The operators the screen offers: lists of free texts and of records are for programs. */
export const offered = (field: FilterField): FilterOp[] =>
  field.ops.filter((op) => !(SEVERAL.includes(op) && (field.kind === 'text' || field.kind === 'relation')))

const FIRST: Partial<Record<Shape, unknown>> = { several: [], pair: ['', ''], days: 30, period: 'month' }

/** A condition on a field, with what its first operator begins with. */
export function fresh(field: FilterField): Leaf {
  return withOp({ field: field.name, op: 'filled' }, offered(field)[0] ?? 'filled')
}

/** Another operator; the value stays where it fits. */
export function withOp(leaf: Leaf, op: FilterOp): Leaf {
  const shape = shapeOf(op)
  if (shape === 'none') return { field: leaf.field, op }
  const keeps = shapeOf(leaf.op) === shape && leaf.value !== undefined
  return { field: leaf.field, op, value: keeps ? leaf.value : (FIRST[shape] ?? '') }
}

const given = (value: unknown): boolean => value !== '' && value !== null && value !== undefined

/** Whether everything that is asked for has been filled in. */
export function isWhole(tree: Tree): boolean {
  if (isGroup(tree)) return partsOf(tree).every(isWhole)
  if ('not' in tree) return isWhole(tree.not)
  switch (shapeOf(tree.op)) {
    case 'none':
      return true
    case 'several':
      return Array.isArray(tree.value) && tree.value.length > 0
    case 'pair':
      return Array.isArray(tree.value) && tree.value.length === 2 && tree.value.every(given)
    default:
      return given(tree.value)
  }
}

/** What the bar above a list narrows it by, beside its filter. */
export type Bar = { owner?: string | undefined; choice?: string | undefined; company?: string | undefined; state?: string | undefined; status?: string | undefined }

/** The filter with what the bar says as conditions, so that a view keeps all that is shown; one's own id is `me`. */
export function withBar(filter: Tree | null, bar: Bar, me: string): Tree | null {
  const is = (field: string, value: string | undefined): Tree[] => (value ? [{ field, op: 'is', value }] : [])
  const [key, choice] = bar.choice?.split(':') ?? []
  const said: Tree[] = [
    ...is('owner_id', bar.owner === me ? 'me' : bar.owner),
    ...is('company_id', bar.company),
    ...is('state', bar.state),
    ...is('status', bar.status),
    ...(key && choice ? [{ field: `custom.${key}`, op: 'any_of' as const, value: [choice] }] : []),
  ]
  if (said.length === 0) return filter
  return { all: [...(filter ? ('all' in filter ? filter.all : [filter]) : []), ...said] }
}

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
