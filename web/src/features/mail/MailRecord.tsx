/** One mail: what it said, to whom, and what the mail server answered. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Paperclip, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSeesAmounts } from '@/api/me'
import { isLost, queryClient, refresh } from '@/api/query'
import { dateTime } from '@/lib/format'
import { kindOf, pageOf } from '@/lib/record'
import { AmountsHidden } from '@/ui/Amount'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { BackArrow, Facts, RecordLayout, Related } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { mailQuery, resendMail, type Mail, type Recipient } from './api'
import { MailBody } from './MailBody'
import { MailStatus } from './MailStatus'

const route = getRouteApi('/_app/mail/$id')

export function MailRecord() {
  const { id } = route.useParams()
  const mail = useQuery(mailQuery(id))
  if (mail.isPending) return <PageSkeleton />
  if (!mail.data || isLost(mail)) return <ErrorState isPage error={mail.error} onRetry={() => void mail.refetch()} />
  return <Page mail={mail.data} />
}

function Page({ mail }: { mail: Mail }) {
  const { t } = useTranslation('mail')
  const seesAmounts = useSeesAmounts()
  const [asking, setAsking] = useState(false)
  const resend = useMutation({
    mutationFn: () => resendMail(mail.id),
    onSuccess: (saved) => {
      queryClient.setQueryData(mailQuery(mail.id).queryKey, saved)
      void refresh('mail', 'home')
      setAsking(false)
      toast({ text: t('resent') })
    },
    onError: (error) => mail.state !== 'unknown' && toastError(error),
  })
  const may = mail.actions.includes('resend')
  const page = mail.subject_record ? pageOf(mail.subject_record) : null
  const kind = mail.subject_record ? kindOf(mail.subject_record) : null
  return (
    <>
      <RecordLayout
        back={
          <Link to="/mail">
            <BackArrow /> {t('app:nav.mail')}
          </Link>
        }
        title={mail.subject}
        status={<MailStatus state={mail.state} />}
        about={mail.to.map((one) => one.address).join(', ')}
        actions={
          may && (
            // A mail of unknown fate may have arrived: sending it twice is a decision.
            <Button kind="primary" icon={<RotateCw className="size-4" />} busy={resend.isPending} onClick={() => (mail.state === 'unknown' ? setAsking(true) : resend.mutate())}>
              {t('resend')}
            </Button>
          )
        }
        notice={mail.state === 'sent' && !mail.outcome ? null : <Outcome mail={mail} />}
        facts={
          <Facts
            items={[
              { label: t('field.to'), value: <People people={mail.to} /> },
              ...(mail.cc.length > 0 ? [{ label: t('field.cc'), value: <People people={mail.cc} /> }] : []),
              { label: t('field.purpose'), value: t(`purpose.${mail.purpose}`) },
              { label: t('field.created'), value: dateTime(mail.created_at) },
              { label: t('field.sent'), value: dateTime(mail.sent_at) },
              ...(mail.message_id ? [{ label: t('field.message_id'), value: <span className="font-mono text-xs break-all">{mail.message_id}</span> }] : []),
            ]}
          />
        }
        related={
          page &&
          kind && (
            <Related title={t('field.about')}>
              <Link {...page} className="text-accent-ink hover:underline">
                {t(`app:kind.${kind}`)}
              </Link>
            </Related>
          )
        }
      >
        {/* A mail with a document says what is to be paid, or leads to where it stands. */}
        {seesAmounts ? <MailBody parts={mail.body} /> : <AmountsHidden />}
        {mail.attachments > 0 && (
          <p className="mt-3 flex items-center gap-1.5 text-sm text-soft">
            <Paperclip aria-hidden className="size-4" /> {t('attachments', { count: mail.attachments })}
          </p>
        )}
      </RecordLayout>
      <Confirm open={asking} onClose={() => setAsking(false)} title={t('resend_title')} action={t('resend')} danger={false} busy={resend.isPending} error={resend.error} onConfirm={() => resend.mutate()}>
        <p>{t('resend_text')}</p>
      </Confirm>
    </>
  )
}

function Outcome({ mail }: { mail: Mail }) {
  const { t } = useTranslation('mail')
  if (mail.state === 'queued') return <Notice>{t('outcome.queued')}</Notice>
  return (
    <Notice tone={mail.state === 'failed' ? 'danger' : mail.state === 'unknown' ? 'warn' : 'info'}>
      <p>{t(`outcome.${mail.state}`)}</p>
      {mail.outcome && <p className="mt-1 font-mono text-sm">{mail.outcome}</p>}
    </Notice>
  )
}

function People({ people }: { people: Recipient[] }) {
  return (
    <ul>
      {people.map((one) => (
        <li key={one.address}>
          {one.name && <span className="block">{one.name}</span>}
          <span className="block text-sm text-soft">{one.address}</span>
        </li>
      ))}
    </ul>
  )
}
