/** The jobs that used up their tries, the latest first. */
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheckBig, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh, useList } from '@/api/query'
import { ago, dateTime } from '@/lib/format'
import { kindOf, pageOf } from '@/lib/record'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { discard, listDead, replay, type DeadJob } from './api'
import { useWords } from './say'

export function LeftUndone() {
  const { t } = useTranslation('jobs')
  const words = useWords()
  const list = useList<DeadJob>(['job', 'dead'], listDead())
  const [leaving, setLeaving] = useState<DeadJob | null>(null)
  const again = useMutation({
    mutationFn: (job: DeadJob) => replay(job.id),
    onSuccess: async () => {
      await refresh('job', 'home')
      toast({ text: t('replayed', { count: 1 }) })
    },
    onError: toastError,
  })
  const remove = useMutation({
    mutationFn: (job: DeadJob) => discard(job.id),
    onSuccess: async () => {
      setLeaving(null)
      await refresh('job', 'home')
      toast({ text: t('discarded') })
    },
  })
  if (list.isLoading) return <Skeleton className="h-40" />
  if (list.error && list.rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.rows.length === 0) {
    return (
      <div className="panel">
        <EmptyState icon={<CircleCheckBig />} title={t('dead.empty_title')}>
          {t('dead.empty_text')}
        </EmptyState>
      </div>
    )
  }
  return (
    <>
      <ul aria-label={t('dead.title')} className="panel divide-y divide-line overflow-hidden">
        {list.rows.map((job) => (
          <Letter key={job.id} job={job} busy={again.isPending && again.variables.id === job.id} onReplay={() => again.mutate(job)} onDiscard={() => setLeaving(job)} />
        ))}
      </ul>
      {list.hasMore && (
        <Button className="mt-3" busy={list.isLoadingMore} onClick={list.loadMore}>
          {t('dead.more')}
        </Button>
      )}
      <Confirm
        open={!!leaving}
        onClose={() => {
          setLeaving(null)
          remove.reset()
        }}
        title={t('discard_title')}
        action={t('discard')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => leaving && remove.mutate(leaving)}
      >
        <p>{t('discard_text', { work: leaving ? words.kind(leaving.kind) : '' })}</p>
      </Confirm>
    </>
  )
}

type LetterProps = { job: DeadJob; busy: boolean; onReplay: () => void; onDiscard: () => void }

function Letter({ job, busy, onReplay, onDiscard }: LetterProps) {
  const { t } = useTranslation('jobs')
  const words = useWords()
  const page = job.subject ? pageOf(job.subject) : null
  const kind = job.subject ? kindOf(job.subject) : null
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" />
      <div className="min-w-0 flex-1 basis-52">
        <h3 className="text-base font-medium wrap-anywhere">{words.kind(job.kind)}</h3>
        <p className="text-base text-soft wrap-anywhere">{words.why(job.failure)}</p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-sm text-faint">
          <span>{t('tries', { count: job.attempts })}</span>
          <span title={dateTime(job.died_at)}>{ago(job.died_at)}</span>
          {page && kind && (
            <Link {...page} className="text-accent-ink underline">
              {t(`app:kind.${kind}`)}
            </Link>
          )}
        </p>
      </div>
      {job.actions.length > 0 && (
        <div className="flex items-center gap-1 max-md:w-full">
          <Button size="sm" busy={busy} onClick={onReplay}>
            {t('replay')}
          </Button>
          <Button size="sm" kind="quiet" onClick={onDiscard}>
            {t('discard')}
          </Button>
        </div>
      )}
    </li>
  )
}
