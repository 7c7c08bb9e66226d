/** What the product does by itself for the workspace: how much waits, and what failed for good, to be tried again or discarded. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { refresh } from '@/api/query'
import { ago, number } from '@/lib/format'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { Stat } from '@/ui/Stat'
import { toast, toastError } from '@/ui/Toast'
import { useCan } from '@/api/me'
import { replayAll, workQuery, type Work } from './api'
import { LeftUndone } from './LeftUndone'

export function BackgroundWork() {
  const { t } = useTranslation('jobs')
  const work = useQuery(workQuery)
  const may = useCan('jobs.replay')
  const all = useMutation({
    mutationFn: replayAll,
    onSuccess: async ({ replayed }) => {
      await refresh('job', 'home')
      toast({ text: t('replayed', { count: replayed }) })
    },
    onError: toastError,
  })
  const dead = work.data?.dead ?? 0
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('title')} about={t('about')} />
      <Section title={t('now.title')}>
        {work.isPending && <Skeleton className="h-16" />}
        {work.isError && <ErrorState error={work.error} onRetry={() => void work.refetch()} />}
        {work.data && <Now work={work.data} />}
      </Section>
      <Section
        bare
        title={t('dead.title')}
        about={t('dead.about')}
        action={
          may &&
          dead > 1 && (
            <Button busy={all.isPending} onClick={() => all.mutate()}>
              {t('replay_all', { count: dead })}
            </Button>
          )
        }
      >
        <LeftUndone />
      </Section>
    </div>
  )
}

function Now({ work }: { work: Work }) {
  const { t } = useTranslation('jobs')
  const figures = [
    { key: 'waiting', value: work.waiting, note: work.oldest_waiting ? t('now.oldest', { when: ago(work.oldest_waiting) }) : t('now.none') },
    { key: 'running', value: work.running, note: t('now.running_note') },
    { key: 'held_back', value: work.held_back, note: t('now.held_back_note') },
    { key: 'later', value: work.later, note: t('now.later_note') },
  ] as const
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-5 sm:grid-cols-4">
      {figures.map(({ key, value, note }) => (
        <Stat key={key} label={t(`now.${key}`)} value={number(value)} note={note} />
      ))}
    </div>
  )
}
