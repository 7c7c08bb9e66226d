/** What the identity screens ask of the server, and the shapes they get. */
import { queryOptions } from '@tanstack/react-query'
import { api, ifMatch, ok } from '@/api/client'
import { meQuery } from '@/api/me'
import { queryClient, refresh } from '@/api/query'
import type { Schema } from '@/api/schema'

export type SignUpInput = Schema<'SignUp'>

export const checkTaxId = (country: string, value: string) =>
  ok(api.POST('/api/v1/tax-ids/check', { body: { country, value } }))

export const signUp = (body: SignUpInput) => ok(api.POST('/api/v1/signup', { body }))

export const signIn = (body: { email: string; password: string }) => ok(api.POST('/api/v1/session', { body }))

export const confirmEmail = (token: string) => ok(api.POST('/api/v1/email-confirmations', { body: { token } }))

export const resendConfirmation = (email: string) => ok(api.POST('/api/v1/email-confirmations/resend', { body: { email } }))

export const askReset = (email: string) => ok(api.POST('/api/v1/password-resets', { body: { email } }))

export const resetPassword = (body: { token: string; password: string }) =>
  ok(api.POST('/api/v1/password-resets/confirm', { body }))

export type InvitationOffer = Schema<'InvitationOffer'>

export const lookupInvitation = (token: string) =>
  ok(api.POST('/api/v1/invitations/lookup', { body: { token } }))

export const acceptInvitation = (body: { token: string; name?: string; password?: string; is_16_or_older?: boolean }) =>
  ok(api.POST('/api/v1/invitations/accept', { body }))

export const saveMe = (version: number, body: Schema<'ChangeProfile'>) =>
  ok(api.PATCH('/api/v1/me', { params: { header: ifMatch(version) }, body }))

export const changePassword = (body: { current_password: string; new_password: string }) =>
  ok(api.POST('/api/v1/me/password', { body }))

export const putPicture = (file: File) =>
  ok(
    api.PUT('/api/v1/me/picture', {
      // The description calls the bytes of a file a string.
      body: file as unknown as string,
      bodySerializer: (body) => body as unknown as File,
      headers: { 'content-type': file.type || 'application/octet-stream' },
    }),
  )

export const deletePicture = () => ok(api.DELETE('/api/v1/me/picture', {}))

export const sessionsQuery = queryOptions({
  queryKey: ['session', 'list'],
  queryFn: () => ok(api.GET('/api/v1/sessions', {})),
})

export const revokeSession = (id: string) => ok(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } }))

export const revokeOthers = () => ok(api.DELETE('/api/v1/sessions', {}))

export type Member = Schema<'MemberView'>
export type Role = Schema<'Role'>

export const membersQuery = queryOptions({
  queryKey: ['member', 'list'],
  queryFn: () => ok(api.GET('/api/v1/members', { params: { query: { limit: 200 } } })),
})

export const changeRole = (member: Member, role: Role) =>
  ok(
    api.PATCH('/api/v1/members/{id}', { params: { path: { id: member.id }, header: ifMatch(member.version) }, body: { role } }),
  )

export const removeMember = (id: string) => ok(api.DELETE('/api/v1/members/{id}', { params: { path: { id } } }))

export type Invitation = Schema<'InvitationView'>

export const invitationsQuery = queryOptions({
  queryKey: ['invitation', 'list'],
  queryFn: () => ok(api.GET('/api/v1/invitations', { params: { query: { limit: 200 } } })),
})

export const invite = (body: Schema<'Invite'>) => ok(api.POST('/api/v1/invitations', { body }))

export const resendInvitation = (id: string) =>
  ok(api.POST('/api/v1/invitations/{id}/resend', { params: { path: { id } } }))

export const revokeInvitation = (id: string) => ok(api.DELETE('/api/v1/invitations/{id}', { params: { path: { id } } }))

/** The table of rights: which role holds which permission, and whether it may be changed here. */
export type RoleTable = Schema<'RoleTableView'>

export const rolesQuery = queryOptions({
  queryKey: ['role', 'list'],
  queryFn: () => ok(api.GET('/api/v1/roles', {})),
})

export const setPermission = (role: Role, permission: string, held: boolean) =>
  ok(api.PATCH('/api/v1/roles/{role}', { params: { path: { role } }, body: { [permission]: held } }))

export type ApiKey = Schema<'ApiKeyView'>

export const apiKeysQuery = queryOptions({
  queryKey: ['api_key', 'list'],
  queryFn: () => ok(api.GET('/api/v1/api-keys', {})),
})

export const createApiKey = (body: Schema<'NewApiKey'>) =>
  ok(api.POST('/api/v1/api-keys', { body }))

export const deleteApiKey = (id: string) => ok(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }))

export type Tenant = Schema<'TenantView'>

export const tenantQuery = queryOptions({
  queryKey: ['tenant', 'one'],
  queryFn: () => ok(api.GET('/api/v1/tenant', {})),
})

export const saveTenant = (version: number, body: Schema<'ChangeTenant'>) =>
  ok(api.PATCH('/api/v1/tenant', { params: { header: ifMatch(version) }, body }))

/** Who is signed in has changed: ask anew before any page reads it. */
export async function enter(): Promise<void> {
  queryClient.clear()
  await queryClient.fetchQuery(meQuery)
}

export const refreshMe = () => refresh('me', 'member', 'tenant')

export type Reach = RoleTable['roles'][number]['reach']
export type ReachNoun = keyof Schema<'TuneReach'>
export type Span = Schema<'Span'>

export const setReach = (role: Role, noun: ReachNoun, span: Span) =>
  ok(api.PATCH('/api/v1/roles/{role}/reach', { params: { path: { role } }, body: { [noun]: span } }))

export type FieldRightTable = Schema<'FieldRightTable'>
export type FieldRight = Schema<'FieldRight'>

export const fieldRightsQuery = queryOptions({
  queryKey: ['field_right', 'list'],
  queryFn: () => ok(api.GET('/api/v1/field-rights', {})),
})

export const setFieldRight = (role: Role, change: Schema<'TuneField'>) =>
  ok(api.PATCH('/api/v1/roles/{role}/fields', { params: { path: { role } }, body: { changes: [change] } }))

export type Team = Schema<'TeamView'>

export const teamsQuery = queryOptions({
  queryKey: ['team', 'list'],
  queryFn: () => ok(api.GET('/api/v1/teams', { params: { query: { limit: 200 } } })),
})

export const createTeam = (body: Schema<'NewTeam'>) => ok(api.POST('/api/v1/teams', { body }))

export const saveTeam = (team: Team, body: Schema<'ChangeTeam'>) =>
  ok(api.PATCH('/api/v1/teams/{id}', { params: { path: { id: team.id }, header: ifMatch(team.version) }, body }))

export const deleteTeam = (id: string) => ok(api.DELETE('/api/v1/teams/{id}', { params: { path: { id } } }))
