/** What the audit page asks of the server. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'

export type AuditEntry = Schema<'AuditEntryView'>
export type AuditProof = Schema<'AuditProofView'>

/** Nouns that actions begin with, as far as one would look for them. */
export const AUDIT_NOUNS = [
  'access',
  'account',
  'activity',
  'api_key',
  'company',
  'contact',
  'deal',
  'fiscal_entity',
  'form',
  'import',
  'invitation',
  'invoice',
  'credit',
  'job',
  'lead',
  'mail',
  'member',
  'note',
  'number_series',
  'payment',
  'pipeline',
  'quote',
  'role',
  'session',
  'stage',
  'tenant',
] as const

export type AuditFilter = { action?: string; actor?: string; subject?: string; from?: string; to?: string }

const DAY = 86_400_000

/** The days of the filter as instants of the reader's own days, the last one included. */
function days(from: string | undefined, to: string | undefined) {
  const start = (day: string) => new Date(`${day}T00:00:00`)
  return {
    ...(from ? { from: start(from).toISOString() } : {}),
    ...(to ? { to: new Date(start(to).getTime() + DAY).toISOString() } : {}),
  }
}

export const listAudit =
  ({ from, to, ...filter }: AuditFilter) =>
  (cursor: string | undefined, signal: AbortSignal) =>
    ok(api.GET('/api/v1/audit', { params: { query: { ...filter, ...days(from, to), ...(cursor ? { cursor } : {}) } }, signal }))

export const auditHeadQuery = queryOptions({
  queryKey: ['audit', 'head'],
  queryFn: () => ok(api.GET('/api/v1/audit/head', {})),
})

/** Proves the whole chain, a stretch a request; tells how far it is. */
export async function verifyAudit(witness: string, tell: (proof: AuditProof) => void): Promise<AuditProof> {
  let from: string | undefined
  const sum = { checked: 0, erased: 0, from_before: 0 }
  for (;;) {
    const body = { ...(from ? { from } : {}), ...(witness ? { witness } : {}) }
    const proof: AuditProof = await ok(api.POST('/api/v1/audit/verify', { body }))
    sum.checked += proof.checked
    sum.erased += proof.erased
    sum.from_before += proof.from_before
    const whole = { ...proof, ...sum }
    // A chain that grows as fast as it is walked: what was there is proven.
    if (proof.complete || proof.broken || proof.checked === 0) return whole
    tell(whole)
    from = proof.proven
  }
}
