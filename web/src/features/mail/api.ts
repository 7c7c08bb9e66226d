/** The log of outgoing mails. */
import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'

export const MAIL_STATES = ['queued', 'sent', 'failed', 'unknown'] as const
export type MailState = Schema<'MailState'>

export type Recipient = Schema<'Recipient'>

const at = (id: string) => ({ params: { path: { id } } })

export const listMails = (filter: { state?: MailState | undefined }) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok(
    api.GET('/api/v1/mails', {
      params: { query: { limit: 60, ...(cursor ? { cursor } : {}), ...(filter.state ? { state: filter.state } : {}) } },
      ...(signal ? { signal } : {}),
    }),
  )

const getMail = (id: string) => ok(api.GET('/api/v1/mails/{id}', at(id)))
export type Mail = Awaited<ReturnType<typeof getMail>>
/** A piece of a mail's body. */
export type Part = Mail['body'][number]

export const mailQuery = (id: string) => queryOptions({ queryKey: ['mail', 'one', id], queryFn: () => getMail(id) })

export const resendMail = (id: string) => ok(api.POST('/api/v1/mails/{id}/resend', at(id)))

export const SANDBOX_MAILBOX = '/sandbox/mail'

/** Whether mails go to the sandbox's mailbox: it answers only where it is on. */
export const sandboxQuery = queryOptions({
  queryKey: ['sandbox', 'on'],
  queryFn: async () => {
    const answer = await fetch('/sandbox/api/mails?limit=1', { credentials: 'same-origin' }).catch(() => null)
    return !!answer?.ok && (answer.headers.get('content-type') ?? '').includes('json')
  },
  staleTime: Infinity,
  retry: false,
})
