/** The reasons for which deals are lost: offered when one is, counted in the report. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Archive, ArchiveRestore, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { Section } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import { toastError } from '@/ui/Toast'
import { createLostReason, lostReasonsQuery, refreshLostReasons, saveLostReason, type LostReason } from './api'
import { InlineText } from './InlineText'

export function LostReasons() {
  const { t } = useTranslation(['reports', 'crm'])
  const may = useCan('pipeline.manage')
  const [label, setLabel] = useState('')
  const reasons = useQuery(lostReasonsQuery)
  const add = useMutation({
    mutationFn: () => createLostReason(label.trim()),
    onSuccess: () => {
      setLabel('')
      void refreshLostReasons()
    },
    onError: toastError,
  })
  return (
    <Section bare title={t('reason.title')} about={t('reason.about')}>
      {reasons.isPending && <Skeleton className="h-24" />}
      {reasons.isError && <ErrorState error={reasons.error} onRetry={() => void reasons.refetch()} />}
      {reasons.data?.items.length === 0 && <p className="panel p-5 text-base text-soft">{t('reason.none')}</p>}
      {!!reasons.data?.items.length && (
        <ul className="panel divide-y divide-line">
          {reasons.data.items.map((reason) => (
            <ReasonRow key={`${reason.id} ${reason.version}`} reason={reason} />
          ))}
        </ul>
      )}
      {may && (
        <form
          className="mt-3 flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            if (label.trim()) add.mutate()
          }}
        >
          <TextField className="flex-1" label={t('reason.new')} maxLength={80} value={label} onChange={(event) => setLabel(event.target.value)} />
          <Button type="submit" icon={<Plus className="size-4" />} busy={add.isPending} why={label.trim() ? undefined : t('reason.first')}>
            {t('reason.add')}
          </Button>
        </form>
      )}
    </Section>
  )
}

function ReasonRow({ reason }: { reason: LostReason }) {
  const { t } = useTranslation('reports')
  const may = reason.actions.includes('update')
  const save = useMutation({ mutationFn: (change: { label?: string; archived?: boolean }) => saveLostReason(reason, change), onSuccess: refreshLostReasons, onError: toastError })
  const { label, archived_at } = reason
  return (
    <li className="flex items-center gap-2 px-4 py-2">
      <InlineText className="min-w-40 flex-1" label={t('reason.label')} value={label} disabled={!may || !!archived_at} onSave={(next) => save.mutate({ label: next })} />
      {archived_at && <Badge tone="warn">{t('reason.archived')}</Badge>}
      <IconButton
        size="sm"
        label={t(archived_at ? 'reason.restore' : 'reason.archive', { name: label })}
        disabled={!may || save.isPending}
        icon={archived_at ? <ArchiveRestore className="size-4" /> : <Archive className="size-4" />}
        onClick={() => save.mutate({ archived: !archived_at })}
      />
    </li>
  )
}
