/** Records of any list, as far as boards and calendars change them: one field, only if it is still as it was read. */
import type { QueryClient } from '@tanstack/react-query'
import { saveCompany, saveContact, saveDeal, type Company, type Contact, type Deal } from '../api'
import { saveLead, type Lead } from '../leads/api'
import { saveRecord, type OwnRecord } from '../objects/api'

/** What every record has that stands on a board or in a calendar. */
export type Standing = { id: string; version: number; name: string; actions: string[]; owner?: { id: string; name: string } | null | undefined; custom?: Record<string, unknown> }

/** The value of a field by its name in filters. */
export function valueOf(row: Standing, name: string): unknown {
  return name.startsWith('custom.') ? row.custom?.[name.slice('custom.'.length)] : (row as unknown as Record<string, unknown>)[name]
}

/** Puts a value; null takes it away. Answers the record as it then is. */
export async function put(noun: string, row: Standing, name: string, value: string | null): Promise<Standing> {
  const body = name.startsWith('custom.') ? { custom: { [name.slice('custom.'.length)]: value } } : { [name]: value }
  return save(noun, row, body)
}

/** Saves fields of a record of any list; answers the record as it then is. */
export const save = async (noun: string, row: Standing, body: object): Promise<Standing> => (await patch(noun, row, body)) as Standing

function patch(noun: string, row: Standing, body: object): Promise<unknown> {
  switch (noun) {
    case 'company':
      return saveCompany(row as unknown as Company, body as never)
    case 'contact':
      return saveContact(row as unknown as Contact, body as never)
    case 'deal':
      return saveDeal(row as unknown as Deal, body as never)
    case 'lead':
      return saveLead(row as unknown as Lead, body as never)
    default:
      return saveRecord(row as unknown as OwnRecord, body as never)
  }
}

/** Shows a change in every list of the noun before the server has answered; answers how to take it back. */
export function foreshadow(client: QueryClient, noun: string, id: string, change: (row: Standing) => Standing): () => void {
  const lists = { predicate: (query: { queryKey: readonly unknown[] }) => query.queryKey[0] === noun && query.queryKey[1] === 'list' }
  const before = client.getQueriesData<{ pages: { items: Standing[] }[] }>(lists)
  for (const [key, data] of before) {
    if (!data?.pages) continue
    const pages = data.pages.map((page) => ({ ...page, items: page.items.map((row) => (row.id === id ? change(row) : row)) }))
    client.setQueryData(key, { ...data, pages })
  }
  return () => before.forEach(([key, data]) => client.setQueryData(key, data))
}
