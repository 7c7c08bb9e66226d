/** Pairs of records that are likely the same, to be settled one after the other: merged, or said not to be the same. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { CopyCheck, Search, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { useList } from '@/api/query'
import { ago, number } from '@/lib/format'
import { useShortcut } from '@/lib/shortcuts'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { ProgressBar } from '@/ui/ProgressBar'
import { Segmented } from '@/ui/Segmented'
import { Skeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { dismissPair, listPairs, refreshDuplicates, reopenPair, startSweep, sweepQuery, type Noun, type Pair } from './api'
import { MergeDialog } from './MergeDialog'
import { PairCard, sidesOf } from './PairCard'
import { RuleDialog } from './RuleDialog'

const route = getRouteApi('/_app/duplicates')

export function DuplicatesPage() {
  const { t } = useTranslation(['duplicates', 'crm'])
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/duplicates' })
  const noun = search.noun ?? 'contact'
  const state = search.state ?? 'open'
  const mayRule = useCan('duplicate.manage')
  const [ruling, setRuling] = useState(false)
  const [merging, setMerging] = useState<Pair | null>(null)
  const [at, setAt] = useState(0)
  const list = useList<Pair>(['duplicate', 'list', { noun, state }], listPairs(noun, state))
  const focused = Math.min(at, list.rows.length - 1)
  const pair = list.rows[focused]
  const settle = useSettle()
  const go = (step: number) => setAt(Math.max(0, Math.min(list.rows.length - 1, focused + step)))
  const group = t('title')
  useShortcut({ keys: 'j', label: t('keys.next'), group }, () => go(1))
  useShortcut({ keys: 'k', label: t('keys.before'), group }, () => go(-1))
  useShortcut({ keys: 'm', label: t('merge.do'), group }, () => pair?.actions.includes('merge') && setMerging(pair))
  useShortcut({ keys: 'x', label: t('dismiss'), group }, () => pair?.actions.includes('dismiss') && settle.mutate({ id: pair.id, state: 'distinct' }))
  const set = (change: Partial<typeof search>) => {
    setAt(0)
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <Button icon={<SlidersHorizontal className="size-4" />} why={mayRule ? undefined : t('crm:not_allowed')} onClick={() => setRuling(true)}>
            {t('rule.open')}
          </Button>
        }
      />
      <div className="flex flex-wrap items-center gap-3 px-6 pb-3 max-md:px-4">
        <Segmented label={t('noun')} value={noun} onChange={(next: Noun) => set({ noun: next })} options={[{ value: 'contact', label: t('app:nav.contacts') }, { value: 'company', label: t('app:nav.companies') }]} />
        <Segmented label={t('state')} value={state} onChange={(next) => set({ state: next })} options={[{ value: 'open', label: t('open') }, { value: 'distinct', label: t('distinct') }]} />
      </div>
      <div className="max-w-4xl space-y-4 px-6 pb-8 max-md:px-4">
        <Sweep noun={noun} />
        {list.isLoading && <Skeleton className="h-48" />}
        {!!list.error && <ErrorState error={list.error} onRetry={list.retry} />}
        {!list.isLoading && !list.error && list.rows.length === 0 && (
          <EmptyState icon={<CopyCheck />} title={t(`empty.${state}`)}>
            {t(`empty.${state}_text`)}
          </EmptyState>
        )}
        <ol className="space-y-3" aria-label={t('title')}>
          {list.rows.map((one, index) => (
            <PairCard
              key={one.id}
              pair={one}
              focused={index === focused}
              busy={settle.isPending}
              onFocus={() => setAt(index)}
              onMerge={() => setMerging(one)}
              onSettle={(next) => settle.mutate({ id: one.id, state: next })}
            />
          ))}
        </ol>
        {list.hasMore && (
          <Button busy={list.isLoadingMore} onClick={list.loadMore}>
            {t('more')}
          </Button>
        )}
      </div>
      {merging && <MergeDialog records={sidesOf(merging)} onClose={() => setMerging(null)} />}
      {ruling && <RuleDialog key={noun} noun={noun} onClose={() => setRuling(false)} />}
    </>
  )
}

function useSettle() {
  const { t } = useTranslation(['duplicates', 'crm'])
  const settle = useMutation({
    mutationFn: ({ id, state }: { id: string; state: 'open' | 'distinct' }) => (state === 'distinct' ? dismissPair(id) : reopenPair(id)),
    onSuccess: (pair, { id, state }) => {
      void refreshDuplicates()
      const back = state === 'distinct' ? ('open' as const) : ('distinct' as const)
      toast({ text: t(state === 'distinct' ? 'dismissed' : 'reopened'), undo: () => settle.mutate({ id, state: back }) })
      return pair
    },
    onError: toastError,
  })
  return settle
}

function Sweep({ noun }: { noun: Noun }) {
  const { t } = useTranslation(['duplicates', 'crm'])
  const sweep = useQuery(sweepQuery(noun))
  const start = useMutation({
    mutationFn: () => startSweep(noun),
    onSuccess: () => void refreshDuplicates(),
    onError: toastError,
  })
  if (!sweep.data) return null
  const { state, progress, records, finished_at, actions } = sweep.data
  if (state === 'queued' || state === 'running') {
    return (
      <div className="panel p-4" aria-live="polite">
        <ProgressBar value={progress} total={100} label={t('sweep.running')} />
      </div>
    )
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 text-sm text-soft">
      <span>{finished_at ? t('sweep.done', { when: ago(finished_at), records: number(records) }) : t('sweep.never')}</span>
      <Button icon={<Search className="size-4" />} busy={start.isPending} why={actions.includes('start') ? undefined : t('crm:not_allowed')} onClick={() => start.mutate()}>
        {t('sweep.start')}
      </Button>
    </div>
  )
}
