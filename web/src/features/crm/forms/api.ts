/** What the screens of web forms ask of the server. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { refresh } from '@/api/query'
import type { Schema } from '@/api/schema'

export type WebForm = Schema<'FormView'>
export type WebFormInput = Schema<'FormInput'>
export type WebFormField = Schema<'FormField'>
export type FieldKind = Schema<'FieldKind'>
export type FileKind = Schema<'FileKind'>
export type FileRule = Schema<'FileRule'>
export type Attachment = Schema<'AttachmentView'>
export type Submission = Schema<'SubmissionView'>
export type Guard = Schema<'FormGuard'>
export type Held = Schema<'QuarantineView'>
export type Sign = Schema<'Sign'>
export type Channel = Schema<'ConsentChannel'>

export const KINDS = ['given_name', 'family_name', 'company_name', 'email', 'phone', 'country', 'message', 'text', 'long_text', 'choice', 'file'] as const satisfies readonly FieldKind[]
export const FILE_KINDS = ['pdf', 'picture', 'document', 'table', 'text'] as const satisfies readonly FileKind[]
export const CHANNELS = ['email', 'phone', 'sms', 'whatsapp', 'post'] as const satisfies readonly Channel[]

/** A question of one's own; the rest are fields of a lead, each at most once. */
export const isQuestion = (kind: FieldKind) => kind === 'text' || kind === 'long_text' || kind === 'choice' || kind === 'file'

const at = (id: string) => ({ params: { path: { id } } })
const page = (cursor: string | undefined) => ({ limit: 60, ...(cursor ? { cursor } : {}) })

export const listForms = (deleted: boolean) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/forms', { params: { query: { ...page(cursor), ...(deleted ? { deleted } : {}) } }, ...(signal ? { signal } : {}) }))

export const formQuery = (id: string) => queryOptions({ queryKey: ['form', 'one', id], queryFn: () => ok(api.GET('/api/v1/forms/{id}', at(id))) })
export const consentsQuery = (id: string) => queryOptions({ queryKey: ['form', 'consents', id], queryFn: () => ok(api.GET('/api/v1/forms/{id}/consents', at(id))) })

export const createForm = (body: WebFormInput) => ok(api.POST('/api/v1/forms', { body }))
export const saveForm = ({ id, version }: Pick<WebForm, 'id' | 'version'>, body: WebFormInput) =>
  ok(api.PUT('/api/v1/forms/{id}', { params: { path: { id }, header: ifMatch(version) }, body }))
export const publishForm = (id: string) => ok(api.POST('/api/v1/forms/{id}/publish', at(id)))
export const closeForm = (id: string) => ok(api.POST('/api/v1/forms/{id}/close', at(id)))

export const deleteForm = (id: string) => ok(api.DELETE('/api/v1/forms/{id}', at(id)))
export const restoreForm = (id: string) => ok(api.POST('/api/v1/forms/{id}/restore', at(id)))
export const duplicateForm = (id: string) => ok(api.POST('/api/v1/forms/{id}/duplicate', at(id)))
/** The page as it is saved; the server renders it for those who may manage forms. */
export const previewOf = (form: Pick<WebForm, 'id' | 'version'>) => `/api/v1/forms/${form.id}/preview?version=${form.version}`

export const listHeld = (of: { form_id?: string; rejected?: boolean }) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/quarantine', { params: { query: { ...page(cursor), ...of } }, ...(signal ? { signal } : {}) }))
export const heldQuery = (id: string) => queryOptions({ queryKey: ['form', 'held', 'one', id], queryFn: () => ok(api.GET('/api/v1/quarantine/{id}', at(id))) })
export const releaseHeld = (ids: string[]) => ok(api.POST('/api/v1/quarantine/release', { body: { ids } }))
export const rejectHeld = (ids: string[]) => ok(api.POST('/api/v1/quarantine/reject', { body: { ids } }))
export const restoreHeld = (ids: string[]) => ok(api.POST('/api/v1/quarantine/restore', { body: { ids } }))

export const listSubmissions = (of: { form_id?: string; lead_id?: string }) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/submissions', { params: { query: { ...page(cursor), ...of } }, ...(signal ? { signal } : {}) }))

export const refreshForms = () => refresh('form', 'lead')
