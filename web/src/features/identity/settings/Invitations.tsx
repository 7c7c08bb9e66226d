/** Invitations waiting for an answer: send again, or take back. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { MailOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { refresh } from '@/api/query'
import { ago } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { Row, Rows } from '@/ui/Section'
import { toast, toastError } from '@/ui/Toast'
import { invitationsQuery, resendInvitation, revokeInvitation, type Invitation } from '../api'

export function Invitations() {
  const { t } = useTranslation('identity')
  const invitations = useQuery(invitationsQuery)
  const resend = useMutation({
    mutationFn: (invitation: Invitation) => resendInvitation(invitation.id),
    onSuccess: async (_, invitation) => {
      await refresh('invitation')
      toast({ text: t('invitations.resent', { email: invitation.email }) })
    },
    onError: toastError,
  })
  const revoke = useMutation({
    mutationFn: (invitation: Invitation) => revokeInvitation(invitation.id),
    onSuccess: async (_, invitation) => {
      await refresh('invitation')
      toast({ text: t('invitations.revoked', { email: invitation.email }) })
    },
    onError: toastError,
  })
  if (!invitations.data?.items.length) return null
  return (
    <section>
      <h2 className="mb-2 text-lg">{t('invitations.title')}</h2>
      <Rows>
        {invitations.data.items.map((invitation) => (
          <Row
            key={invitation.id}
            picture={<MailOpen aria-hidden className="size-5 shrink-0 text-faint" />}
            title={invitation.email}
            about={t('invitations.by', { name: invitation.invited_by ?? '–', when: ago(invitation.created_at) })}
            aside={
              <>
                <Badge>{t(`app:role.${invitation.role}`)}</Badge>
                {invitation.expired ? <Badge tone="warn">{t('invitations.expired')}</Badge> : t('invitations.expires', { when: ago(invitation.expires_at) })}
              </>
            }
            actions={
              <>
                <Button size="sm" busy={resend.isPending && resend.variables === invitation} onClick={() => resend.mutate(invitation)}>
                  {t('invitations.resend')}
                </Button>
                <Button size="sm" kind="quiet" busy={revoke.isPending && revoke.variables === invitation} onClick={() => revoke.mutate(invitation)}>
                  {t('invitations.revoke')}
                </Button>
              </>
            }
          />
        ))}
      </Rows>
    </section>
  )
}
