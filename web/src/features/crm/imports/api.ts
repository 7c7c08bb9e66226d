/** What the import screens ask of the server, and the shapes they get. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import type { Page } from '@/api/query'

export type Dialect = {
  encoding: string
  delimiter: string
  quote: string | null
  has_header: boolean
  terminator: string
  trim: boolean
  skip_lines: number
  columns: number | null
  pad_short_rows: boolean
}

type Remark = { code: string; message: string }

export type ImportColumn = {
  column: number
  header: string | null
  /** What it feeds; null leaves it out. */
  target: string | null
  guess: string | null
  score: number
  by: 'header' | 'words' | 'similar' | 'content' | 'none'
  samples: string[]
  left_out: Remark | null
  warning: Remark | null
}

export type ImportState = 'uploaded' | 'ready' | 'running' | 'done' | 'failed' | 'undoing' | 'undone'

export type ImportOptions = {
  /** What becomes of a row that matches a contact who is there already. */
  duplicates: 'skip' | 'create'
  default_country: string
  date_order: 'ymd' | 'dmy' | 'mdy' | null
}

export type Import = {
  id: string
  version: number
  state: ImportState
  file_name: string
  size: number
  dialect: Dialect
  confidence: number
  columns: ImportColumn[]
  targets: { key: string; kind: string; repeatable: boolean }[]
  options: ImportOptions
  rows_estimated: number
  rows_total: number | null
  rows_done: number
  /** Of `size`: the measure of progress. */
  bytes_done: number
  created: number
  skipped: number
  refused: number
  companies_created: number
  undone: number
  kept: number
  /** Why it cannot start, or why it stopped. */
  error: Remark | null
  created_at: string
  actions: string[]
}

/** What may be changed before the first row is taken. */
export type ImportChange = { dialect?: Dialect; mapping?: (string | null)[]; options?: Partial<ImportOptions> }

export type PreviewContact = {
  display_name: string
  job_title: string | null
  email: string | null
  phone: string | null
  emails: string[]
  phones: string[]
  street: string | null
  city: string | null
  region: string | null
  postal_code: string | null
  country: string | null
  birth_date: string | null
  language: string | null
  tags: string[]
}

/** A row as it will be stored, or why it will not be. */
export type PreviewRow = {
  number: number
  line: number
  contact: PreviewContact | null
  company: { name: string; exists: boolean } | null
  duplicate: boolean
  refused: { field: string; code: string; message: string } | null
  cells: string[]
}

export type Preview = { rows: PreviewRow[] }

const at = (id: string) => ({ params: { path: { id } } })

export const listImports = (cursor: string | undefined, signal?: AbortSignal) =>
  ok<Page<Import>>(api.GET('/api/v1/imports', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } }, ...(signal ? { signal } : {}) }))

/** Whether the server is still at work on it. */
export const isBusy = (state: ImportState) => state === 'running' || state === 'undoing'

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', 'one', id],
    queryFn: () => ok<Import>(api.GET('/api/v1/imports/{id}', at(id))),
    // Events tell of each step; asking now and then covers a lost connection.
    refetchInterval: (query) => (query.state.data && isBusy(query.state.data.state) ? 1500 : false),
  })

export const previewQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['import', 'preview', id, version],
    queryFn: () => ok<Preview>(api.GET('/api/v1/imports/{id}/preview', { params: { path: { id }, query: { limit: 30 } } })),
  })

export const upload = (file: File) => {
  const form = new FormData()
  form.append('file', file)
  return ok<Import>(api.POST('/api/v1/imports', { body: form as never, bodySerializer: (body: unknown) => body as FormData }))
}

export const saveImport = (one: Import, body: ImportChange) =>
  ok<Import>(api.PATCH('/api/v1/imports/{id}', { ...at(one.id), headers: ifMatch(one.version), body }))

export const deleteImport = (id: string) => ok(api.DELETE('/api/v1/imports/{id}', at(id)))
export const startImport = (id: string) => ok<Import>(api.POST('/api/v1/imports/{id}/start', at(id)))
export const undoImport = (id: string) => ok<Import>(api.POST('/api/v1/imports/{id}/undo', at(id)))
