/** The log of outgoing mails. */
import { queryOptions } from '@tanstack/react-query'
import { looseApi as api, ok } from '@/api/client'
import type { Page } from '@/api/query'

export const MAIL_STATES = ['queued', 'sent', 'failed', 'unknown'] as const
export type MailState = (typeof MAIL_STATES)[number]

export type Recipient = { name: string | null; address: string }
/** A piece of a mail's body. */
export type Part = { text: string } | { button: { label: string; url: string } } | { facts: [string, string][] } | { quote: string }

export type Mail = {
  id: string
  version: number
  state: MailState
  purpose: 'service' | 'security' | 'document'
  to: Recipient[]
  cc: Recipient[]
  subject: string
  subject_record: string | null
  outcome: string | null
  message_id: string | null
  body: Part[]
  attachments: number
  sent_at: string | null
  created_at: string
  actions: string[]
}

const at = (id: string) => ({ params: { path: { id } } })

export const listMails = (filter: { state?: string | undefined }) => (cursor: string | undefined, signal?: AbortSignal) =>
  ok<Page<Mail>>(
    api.GET('/api/v1/mails', {
      params: { query: { limit: 60, ...(cursor ? { cursor } : {}), ...(filter.state ? { state: filter.state } : {}) } },
      ...(signal ? { signal } : {}),
    }),
  )

export const mailQuery = (id: string) => queryOptions({ queryKey: ['mail', 'one', id], queryFn: () => ok<Mail>(api.GET('/api/v1/mails/{id}', at(id))) })

export const resendMail = (id: string) => ok<Mail>(api.POST('/api/v1/mails/{id}/resend', at(id)))

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
