/** What the identity screens ask of the server, and the shapes they get. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { meQuery, type Me } from '@/api/me'
import { queryClient, refresh, type Page } from '@/api/query'

export type SignUpInput = {
  company_name: string
  country: string
  tax_id: string | null
  tax_id_confirmed: boolean
  currency: string
  language: string
  time_zone: string
  name: string
  email: string
  phone: string | null
  password: string
  business_use: boolean
  is_16_or_older: boolean
}

export type TaxIdCheck = {
  valid: boolean
  kind: string | null
  normalized: string | null
  display: string | null
  code: string | null
  message: string | null
  /** Only the check digit is wrong: who holds the paper may insist. */
  may_insist: boolean
}

export const checkTaxId = (country: string, value: string) =>
  ok<TaxIdCheck>(api.POST('/api/v1/tax-ids/check', { body: { country, value } }))

export const signUp = (body: SignUpInput) => ok(api.POST('/api/v1/signup', { body }))

export const signIn = (body: { email: string; password: string }) => ok(api.POST('/api/v1/session', { body }))

export const confirmEmail = (token: string) => ok(api.POST('/api/v1/email-confirmations', { body: { token } }))

export const resendConfirmation = (email: string) => ok(api.POST('/api/v1/email-confirmations/resend', { body: { email } }))

export const askReset = (email: string) => ok(api.POST('/api/v1/password-resets', { body: { email } }))

export const resetPassword = (body: { token: string; password: string }) =>
  ok(api.POST('/api/v1/password-resets/confirm', { body }))

export type InvitationView = { tenant_name: string; email: string; role: string; invited_by: string; has_account: boolean }

export const lookupInvitation = (token: string) =>
  ok<InvitationView>(api.POST('/api/v1/invitations/lookup', { body: { token } }))

export const acceptInvitation = (body: { token: string; name?: string; password?: string }) =>
  ok(api.POST('/api/v1/invitations/accept', { body }))

export const saveMe = (version: number, body: { name?: string; phone?: string | null; language?: string }) =>
  ok<Me>(api.PATCH('/api/v1/me', { headers: ifMatch(version), body }))

export const changePassword = (body: { current_password: string; new_password: string }) =>
  ok(api.POST('/api/v1/me/password', { body }))

export const putPicture = (file: File) =>
  ok(
    api.PUT('/api/v1/me/picture', {
      body: file,
      bodySerializer: (body: File) => body,
      headers: { 'content-type': file.type || 'application/octet-stream' },
    }),
  )

export const deletePicture = () => ok(api.DELETE('/api/v1/me/picture', {}))

export type Session = {
  id: string
  device: string
  address: string | null
  created_at: string
  last_seen_at: string
  current: boolean
  actions: string[]
}

export const sessionsQuery = queryOptions({
  queryKey: ['session', 'list'],
  queryFn: () => ok<Page<Session>>(api.GET('/api/v1/sessions', {})),
})

export const revokeSession = (id: string) => ok(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } }))

export const revokeOthers = () => ok(api.DELETE('/api/v1/sessions', {}))

export type Member = {
  id: string
  name: string
  email: string
  role: string
  picture_url: string | null
  joined_at: string
  last_seen_at: string | null
  is_me: boolean
  version: number
  actions: string[]
}

export const membersQuery = queryOptions({
  queryKey: ['member', 'list'],
  queryFn: () => ok<Page<Member>>(api.GET('/api/v1/members', { params: { query: { limit: 200 } } })),
})

export const changeRole = (member: Member, role: string) =>
  ok<Member>(
    api.PATCH('/api/v1/members/{id}', { params: { path: { id: member.id } }, headers: ifMatch(member.version), body: { role } }),
  )

export const removeMember = (id: string) => ok(api.DELETE('/api/v1/members/{id}', { params: { path: { id } } }))

export type Invitation = {
  id: string
  email: string
  role: string
  invited_by: string | null
  created_at: string
  expires_at: string
  expired: boolean
  actions: string[]
}

export const invitationsQuery = queryOptions({
  queryKey: ['invitation', 'list'],
  queryFn: () => ok<Page<Invitation>>(api.GET('/api/v1/invitations', { params: { query: { limit: 200 } } })),
})

export const invite = (body: { email: string; role: string }) => ok<Invitation>(api.POST('/api/v1/invitations', { body }))

export const resendInvitation = (id: string) =>
  ok(api.POST('/api/v1/invitations/{id}/resend', { params: { path: { id } } }))

export const revokeInvitation = (id: string) => ok(api.DELETE('/api/v1/invitations/{id}', { params: { path: { id } } }))

/** The table of rights: which role holds which permission, and whether it may be changed here. */
export type RoleTable = {
  permissions: string[]
  /** Held by everybody, not to be changed. */
  fixed: string[]
  roles: { role: string; permissions: string[]; editable: boolean }[]
}

export const rolesQuery = queryOptions({
  queryKey: ['role', 'list'],
  queryFn: () => ok<RoleTable>(api.GET('/api/v1/roles', {})),
})

export const setPermission = (role: string, permission: string, held: boolean) =>
  ok<RoleTable>(api.PATCH('/api/v1/roles/{role}', { params: { path: { role } }, body: { [permission]: held } }))

export type ApiKey = {
  id: string
  name: string
  prefix: string
  scopes: string[]
  made_by_name: string
  created_at: string
  expires_at: string | null
  expired: boolean
  last_used_at: string | null
  actions: string[]
}

export const apiKeysQuery = queryOptions({
  queryKey: ['api_key', 'list'],
  queryFn: () => ok<Page<ApiKey>>(api.GET('/api/v1/api-keys', {})),
})

export const createApiKey = (body: { name: string; scopes: string[]; expires_at: string | null }) =>
  ok<{ key: ApiKey; secret: string }>(api.POST('/api/v1/api-keys', { body }))

export const deleteApiKey = (id: string) => ok(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }))

export type Tenant = {
  id: string
  name: string
  country: string
  tax_id: string | null
  tax_id_name: string
  currency: string
  language: string
  time_zone: string
  controller_entity: { code: string; name: string } | null
  version: number
  actions: string[]
}

export const tenantQuery = queryOptions({
  queryKey: ['tenant', 'one'],
  queryFn: () => ok<Tenant>(api.GET('/api/v1/tenant', {})),
})

export const saveTenant = (version: number, body: Partial<Pick<Tenant, 'name' | 'tax_id' | 'language' | 'time_zone' | 'currency'>>) =>
  ok<Tenant>(api.PATCH('/api/v1/tenant', { headers: ifMatch(version), body }))

/** Who is signed in has changed: ask anew before any page reads it. */
export async function enter(): Promise<void> {
  queryClient.clear()
  await queryClient.fetchQuery(meQuery)
}

export const refreshMe = () => refresh('me', 'member', 'tenant')
