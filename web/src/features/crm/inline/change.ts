/** One value of one record, shown in every list at once and saved if the record is still as it was read; else shown as it was. */
import type { QueryClient } from '@tanstack/react-query'
import { save, type Standing } from '../arrange/change'
import { nounOf } from '../arrange/api'
import { inLine, isBusy } from './line'
import { bodyOf, shownWith, valueIn, type InlineField } from './value'

type Pages = { pages: { items: Standing[] }[] }
type Shown = (row: Standing) => Standing

/** What is on its way, by record: an answer to an earlier change says nothing of it. */
const pending = new Map<string, Shown[]>()

export type CellChange = { client: QueryClient; noun: string; row: Standing; field: InlineField; value: unknown; nameOf: (id: string) => string }

export async function changeCell({ client, noun, row, field, value, nameOf }: CellChange): Promise<Standing> {
  const kind = nounOf(noun)
  const { id } = row
  const shown: Shown = (one) => shownWith(one, field, value, nameOf)
  // What is being fetched does not know of it yet.
  await client.cancelQueries(lists(kind))
  pending.set(id, [...(pending.get(id) ?? []), shown])
  inLists(client, kind, id, shown)
  const done = () => pending.set(id, (pending.get(id) ?? []).filter((one) => one !== shown))
  try {
    const after = await inLine(id, row.version, (version) => save(noun, { ...row, version }, bodyOf(field, value, row)))
    done()
    inLists(client, kind, id, (one) => (pending.get(id) ?? []).reduce((so, next) => next(so), { ...one, ...after }))
    return after
  } catch (error) {
    done()
    inLists(client, kind, id, (one) => (pending.get(id) ?? []).reduce((so, next) => next(so), shownWith(one, field, valueIn(row, field), (member) => (row.owner?.id === member ? row.owner.name : nameOf(member)))))
    throw error
  }
}

/** Asks anew for what the change may have touched, unless more changes are on their way: the last one asks. */
export async function refreshAfter(client: QueryClient, noun: string): Promise<void> {
  if (isBusy()) return
  const nouns = [nounOf(noun), 'company_group', 'timeline', 'home']
  await client.invalidateQueries({ predicate: ({ queryKey }) => nouns.includes(String(queryKey[0])) })
}

const lists = (kind: string) => ({ predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] === kind && queryKey[1] === 'list' })

function inLists(client: QueryClient, kind: string, id: string, change: Shown): void {
  for (const [key, data] of client.getQueriesData<Pages>(lists(kind))) {
    if (!data?.pages) continue
    client.setQueryData(key, { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((row) => (row.id === id ? change(row) : row)) })) })
  }
}
