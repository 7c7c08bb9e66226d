/** From the id of a record to its page: the prefix says what it is. Features link by route, never by import. */

const PAGES = {
  com: { kind: 'company', to: '/companies/$id' },
  con: { kind: 'contact', to: '/contacts/$id' },
  dea: { kind: 'deal', to: '/deals/$id' },
  lea: { kind: 'lead', to: '/leads/$id' },
  rec: { kind: 'record', to: '/records/$id' },
  imp: { kind: 'import', to: '/imports/$id' },
  quo: { kind: 'quote', to: '/quotes/$id' },
  inv: { kind: 'invoice', to: '/invoices/$id' },
  mai: { kind: 'mail', to: '/mail/$id' },
} as const

export type RecordKind = (typeof PAGES)[keyof typeof PAGES]['kind']
type RecordPath = (typeof PAGES)[keyof typeof PAGES]['to']

/** What kind of record an id names, or null if it has no page. */
export function kindOf(id: string): RecordKind | null {
  const prefix = id.slice(0, id.indexOf('_')) as keyof typeof PAGES
  return PAGES[prefix]?.kind ?? null
}

/** Route and parameters of the page of a record, for <Link {...}>. */
export function pageOf(id: string): { to: RecordPath; params: { id: string } } | null {
  const prefix = id.slice(0, id.indexOf('_')) as keyof typeof PAGES
  const page = PAGES[prefix]
  return page ? { to: page.to, params: { id } } : null
}
