/** Where the person is signed in: device, address, when last seen; each can be ended. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { refresh } from '@/api/query'
import { ago, dateTime } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Row, Rows } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { revokeOthers, revokeSession, sessionsQuery } from '../api'

export function Sessions() {
  const { t } = useTranslation('identity')
  const sessions = useQuery(sessionsQuery)
  const revoke = useMutation({
    mutationFn: revokeSession,
    onSuccess: async () => {
      await refresh('session')
      toast({ text: t('sessions.revoked') })
    },
    onError: toastError,
  })
  const others = useMutation({
    mutationFn: revokeOthers,
    onSuccess: async () => {
      await refresh('session')
      toast({ text: t('sessions.others_revoked') })
    },
    onError: toastError,
  })
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={t('settings.sessions')}
        about={t('sessions.about')}
        actions={
          (sessions.data?.items.length ?? 0) > 1 && (
            <Button busy={others.isPending} onClick={() => others.mutate()}>
              {t('sessions.revoke_others')}
            </Button>
          )
        }
      />
      <div className="px-6 pt-2 pb-8 max-md:px-4">
        {sessions.isPending && <Skeleton className="h-40" />}
        {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
        {sessions.data && (
          <Rows>
            {sessions.data.items.map((session) => (
              <Row
                key={session.id}
                picture={<MonitorSmartphone aria-hidden className="size-5 shrink-0 text-faint" />}
                title={session.device}
                about={
                  <span title={dateTime(session.created_at)}>
                    {[session.address, t('sessions.since', { when: ago(session.created_at) })].filter(Boolean).join(' · ')}
                  </span>
                }
                aside={session.current ? <Badge tone="good">{t('sessions.this')}</Badge> : t('sessions.seen', { when: ago(session.last_seen_at) })}
                actions={
                  !session.current && (
                    <Button size="sm" busy={revoke.isPending && revoke.variables === session.id} onClick={() => revoke.mutate(session.id)}>
                      {t('sessions.revoke')}
                    </Button>
                  )
                }
              />
            ))}
          </Rows>
        )}
      </div>
    </div>
  )
}
