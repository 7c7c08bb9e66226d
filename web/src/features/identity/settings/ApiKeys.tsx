/** Keys for programs. A key has at most the rights of the person who makes it, and is shown once. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh } from '@/api/query'
import { ago, date } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Row, Rows } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'
import { apiKeysQuery, deleteApiKey, type ApiKey } from '../api'
import { ApiKeyDialog } from './ApiKeyDialog'

export function ApiKeys() {
  const { t } = useTranslation('identity')
  const keys = useQuery(apiKeysQuery)
  const [making, setMaking] = useState(false)
  const [leaving, setLeaving] = useState<ApiKey | null>(null)
  const remove = useMutation({
    mutationFn: (key: ApiKey) => deleteApiKey(key.id),
    onSuccess: async (_, key) => {
      setLeaving(null)
      await refresh('api_key')
      toast({ text: t('keys.deleted', { name: key.name }) })
    },
  })
  const create = (
    <Button kind="primary" icon={<Plus className="size-4" />} onClick={() => setMaking(true)}>
      {t('keys.create')}
    </Button>
  )
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('settings.api_keys')} about={t('keys.about')} actions={create} />
      <div className="px-6 pt-2 pb-8 max-md:px-4">
        {keys.isPending && <Skeleton className="h-40" />}
        {keys.isError && <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />}
        {keys.data?.items.length === 0 && (
          <div className="panel">
            <EmptyState icon={<KeyRound />} title={t('keys.empty_title')} action={create}>
              {t('keys.empty_text')}
            </EmptyState>
          </div>
        )}
        {!!keys.data?.items.length && (
          <Rows>
            {keys.data.items.map((key) => (
              <Row
                key={key.id}
                picture={<KeyRound aria-hidden className="size-5 shrink-0 text-faint" />}
                title={key.name}
                about={
                  <>
                    <span className="font-mono text-xs">{key.prefix}…</span> · {key.made_by_name}
                  </>
                }
                aside={
                  <>
                    <Badge>{t('keys.scopes', { count: key.scopes.length })}</Badge>
                    {key.expired ? <Badge tone="warn">{t('invitations.expired')}</Badge> : key.expires_at && <span>{t('keys.expires', { when: date(key.expires_at) })}</span>}
                    <span>{key.last_used_at ? t('keys.used', { when: ago(key.last_used_at) }) : t('keys.never_used')}</span>
                  </>
                }
                actions={
                  <Button size="sm" onClick={() => setLeaving(key)}>
                    {t('keys.delete')}
                  </Button>
                }
              />
            ))}
          </Rows>
        )}
      </div>
      <ApiKeyDialog open={making} onClose={() => setMaking(false)} />
      <Confirm
        open={!!leaving}
        onClose={() => {
          setLeaving(null)
          remove.reset()
        }}
        title={t('keys.delete_title', { name: leaving?.name })}
        action={t('keys.delete')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => leaving && remove.mutate(leaving)}
      >
        <p>{t('keys.delete_text')}</p>
      </Confirm>
    </div>
  )
}
