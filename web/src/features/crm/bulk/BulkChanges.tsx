/** Settings: one's own changes to many records, how far they are, what was refused, and the way back. */
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ListChecks } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useList } from '@/api/query'
import { dateTime, number } from '@/lib/format'
import { pageOf } from '@/lib/record'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { Dialog, DialogBody } from '@/ui/Dialog'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { ProgressBar } from '@/ui/ProgressBar'
import { Row, Rows } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { toastError } from '@/ui/Toast'
import { useObjects } from '../objects/api'
import { isMoving, listBulk, listRefused, refreshBulk, stopBulk, type BulkChange, type Refusal } from './api'
import { useBulkWords } from './useBulkWords'

export function BulkChanges() {
  const { t } = useTranslation(['bulk', 'ui'])
  const list = useList<BulkChange>(['bulk_change', 'list'], listBulk)
  const [refused, setRefused] = useState<BulkChange | null>(null)
  return (
    <div className="max-w-4xl">
      <PageHeader title={t('title')} about={t('about')} />
      <div className="px-6 pt-2 pb-8 max-md:px-4">
        {list.isLoading && <Skeleton className="h-40" />}
        {!!list.error && list.rows.length === 0 && <ErrorState error={list.error} onRetry={list.retry} />}
        {!list.isLoading && !list.error && list.rows.length === 0 && (
          <EmptyState icon={<ListChecks />} title={t('empty_title')}>
            {t('empty_text')}
          </EmptyState>
        )}
        {list.rows.length > 0 && (
          <Rows>
            {list.rows.map((change) => (
              <One key={change.id} change={change} onRefused={() => setRefused(change)} />
            ))}
          </Rows>
        )}
        {list.hasMore && (
          <Button className="mt-3" busy={list.isLoadingMore} onClick={list.loadMore}>
            {t('ui:timeline.more')}
          </Button>
        )}
      </div>
      {refused && <RefusedDialog change={refused} onClose={() => setRefused(null)} />}
    </div>
  )
}

const ACTS = { set: 'act.field', assign: 'act.assign', tag: 'act.tag', move: 'act.stage', delete: 'act.delete', restore: 'act.restore' } as const

function useNounName(): (noun: string) => string {
  const { t } = useTranslation('bulk')
  const objects = useObjects()
  return (noun) => objects.find((object) => object.id === noun)?.plural ?? t(`noun.${noun}` as 'noun.company', { defaultValue: noun })
}

function One({ change, onRefused }: { change: BulkChange; onRefused: () => void }) {
  const { t } = useTranslation('bulk')
  const nameOf = useNounName()
  const { outcome, remarks, undo } = useBulkWords()
  const stop = useMutation({ mutationFn: () => stopBulk(change.id), onError: toastError, onSettled: () => void refreshBulk() })
  const moving = isMoving(change)
  const [value, total] = change.state === 'undoing' ? [change.undone + change.kept, change.changed] : [change.done, change.total]
  const why = change.state === 'stopped' && change.error_code ? t(`why.${change.error_code}` as 'why.stopped') : ''
  return (
    <Row
      title={`${nameOf(change.noun)} · ${t(ACTS[change.kind])}`}
      about={
        <>
          <span className="block">{[dateTime(change.created_at), change.member?.name].filter(Boolean).join(' · ')}</span>
          {moving ? (
            <span className="mt-1 block max-w-72">
              <ProgressBar value={value} total={total} label={t('of', { done: number(value), total: number(total) })} />
            </span>
          ) : (
            <span className="block">{[outcome(change), remarks(change), why].filter(Boolean).join(' ')}</span>
          )}
        </>
      }
      aside={
        <>
          <Badge>{t(`state.${change.state}`)}</Badge>
          {(change.refused > 0 || change.kept > 0) && change.state !== 'final' && (
            <Button size="sm" onClick={onRefused}>
              {t('reasons')}
            </Button>
          )}
          {change.actions.includes('stop') && (
            <Button size="sm" busy={stop.isPending} onClick={() => stop.mutate()}>
              {t('stop')}
            </Button>
          )}
          {change.actions.includes('undo') && (
            <Button size="sm" onClick={() => undo(change)}>
              {t('undo')}
            </Button>
          )}
        </>
      }
    />
  )
}

function RefusedDialog({ change, onClose }: { change: BulkChange; onClose: () => void }) {
  const { t } = useTranslation(['bulk', 'ui'])
  const list = useList<Refusal>(['bulk_change', 'refused', change.id], listRefused(change.id))
  return (
    <Dialog open onClose={onClose} title={t('refused_title')} about={t('refused_about')}>
      <DialogBody className="pb-4">
        {list.isLoading && <Skeleton className="h-24" />}
        {!!list.error && list.rows.length === 0 && <ErrorState error={list.error} onRetry={list.retry} />}
        {!list.isLoading && !list.error && list.rows.length === 0 && <p className="text-base text-soft">{t('refused_none')}</p>}
        {list.rows.length > 0 && (
          <Rows>
            {list.rows.map((one) => (
              <Row key={`${one.record}${one.undoing}`} title={<Name of={one} />} about={one.reason} aside={one.undoing ? <Badge>{t('state.undoing')}</Badge> : null} />
            ))}
          </Rows>
        )}
        {list.hasMore && (
          <Button className="mt-3" busy={list.isLoadingMore} onClick={list.loadMore}>
            {t('ui:timeline.more')}
          </Button>
        )}
      </DialogBody>
    </Dialog>
  )
}

function Name({ of }: { of: Refusal }) {
  const { t } = useTranslation('bulk')
  const page = pageOf(of.record)
  if (!of.name) return <>{t('gone')}</>
  return page ? (
    <Link {...page} className="hover:underline">
      {of.name}
    </Link>
  ) : (
    <>{of.name}</>
  )
}
