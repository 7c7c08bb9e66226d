/** To whom a document goes and what to say with it. The customer's address is there already, if known. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '@/lib/problem'
import { Checkbox } from '@/ui/Checkbox'
import { FormDialog } from '@/ui/Dialog'
import { Skeleton } from '@/ui/Skeleton'
import { TextArea } from '@/ui/TextField'
import { firmQuery, personQuery, type Recipient, type Ref, type SendInput } from './api'
import { RecipientsField } from './RecipientsField'

type Props = {
  open: boolean
  onClose: () => void
  title: string
  about: ReactNode
  company: Ref | null
  contact: Ref | null
  /** Quotes may be passed on by hand instead. */
  offersLink?: boolean
  send: (input: SendInput & { link_only: boolean }) => Promise<void>
}

export function SendDialog(props: Props) {
  const { contact, company, open } = props
  const person = useQuery({ ...personQuery(contact?.id ?? ''), enabled: open && !!contact })
  const firm = useQuery({ ...firmQuery(company?.id ?? ''), enabled: open && !contact && !!company })
  if (!open) return null
  const known = contact ? person : firm
  if (known.isLoading) return <Inner key="loading" {...props} loading to={[]} />
  const found = known.data?.email ? [{ name: known.data.name, address: known.data.email }] : []
  return <Inner key="ready" {...props} loading={false} to={found} />
}

function Inner({ onClose, title, about, offersLink, send, to: known, loading }: Props & { to: Recipient[]; loading: boolean }) {
  const { t } = useTranslation('sales')
  const [to, setTo] = useState(known)
  const [cc, setCc] = useState<Recipient[]>([])
  const [message, setMessage] = useState('')
  const [linkOnly, setLinkOnly] = useState(false)
  const act = useMutation({ mutationFn: () => send({ to, cc, message: message.trim() || null, link_only: linkOnly }), onSuccess: onClose })
  const { fields } = toProblem(act.error)
  const at = (name: string) => fields.find((field) => field.field.split('.')[0] === name)?.message
  const placed = fields.length > 0 && fields.every((field) => ['to', 'cc', 'message'].includes(field.field.split('.')[0] ?? ''))
  return (
    <FormDialog
      open
      onClose={onClose}
      title={title}
      about={about}
      submit={t(linkOnly ? 'send.make_link' : 'send.send')}
      busy={act.isPending}
      error={placed ? null : act.error}
      why={linkOnly || to.length > 0 ? undefined : t('send.recipient_first')}
      onSubmit={() => act.mutate()}
    >
      {loading ? (
        <Skeleton className="h-32" />
      ) : (
        <>
          {!linkOnly && (
            <>
              <RecipientsField label={t('send.to')} value={to} onChange={setTo} error={at('to')} />
              <RecipientsField label={t('send.cc')} optional value={cc} onChange={setCc} error={at('cc')} />
              <TextArea label={t('send.message')} optional rows={4} maxLength={5000} hint={t('send.message_hint')} value={message} onChange={(event) => setMessage(event.target.value)} error={at('message')} />
            </>
          )}
          {offersLink && <Checkbox checked={linkOnly} onChange={setLinkOnly} label={t('send.link_only')} hint={t('send.link_only_hint')} />}
        </>
      )}
    </FormDialog>
  )
}
