/** What the guards of forms hold back: looked at, let through or said to be spam, one or many at once. */
import { useMutation } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useList } from '@/api/query'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Segmented } from '@/ui/Segmented'
import { Skeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { listHeld, refreshForms, rejectHeld, releaseHeld, restoreHeld, type Held } from './api'
import { HeldCard } from './HeldCard'

/** The server takes a hundred at once. */
const MOST = 100

export function Quarantine({ of }: { of: { form_id?: string } }) {
  const { t } = useTranslation('forms')
  const [shown, setShown] = useState<'waiting' | 'rejected'>('waiting')
  const [chosen, setChosen] = useState<string[]>([])
  const rejected = shown === 'rejected'
  const asked = { ...of, ...(rejected ? { rejected } : {}) }
  const list = useList<Held>(['form', 'held', asked], listHeld(asked))
  const ids = list.rows.map((one) => one.id)
  const picked = ids.filter((id) => chosen.includes(id)).slice(0, MOST)
  const done = () => {
    setChosen([])
    void refreshForms()
  }
  const release = useMutation({
    mutationFn: releaseHeld,
    onSuccess: (made) => {
      toast({ text: t('held.released', { count: made.lead_ids.length }) })
      done()
    },
    onError: toastError,
  })
  const reject = useMutation({
    mutationFn: rejectHeld,
    onSuccess: (_, gone) => {
      toast({ text: t('held.rejected', { count: gone.length }), undo: () => void restoreHeld(gone).then(refreshForms, toastError) })
      done()
    },
    onError: toastError,
  })
  const restore = useMutation({ mutationFn: restoreHeld, onSuccess: done, onError: toastError })
  const busy = release.isPending || reject.isPending || restore.isPending
  const all = picked.length > 0 && picked.length === Math.min(ids.length, MOST)
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <Segmented
          label={t('held.which')}
          value={shown}
          onChange={(next) => {
            setShown(next)
            setChosen([])
          }}
          options={[
            { value: 'waiting', label: t('held.waiting') },
            { value: 'rejected', label: t('held.spam') },
          ]}
        />
        {ids.length > 0 && (
          <>
            <Checkbox label={t('held.all')} checked={all ? true : picked.length > 0 ? 'mixed' : false} onChange={(next) => setChosen(next ? ids.slice(0, MOST) : [])} />
            <div className="flex flex-wrap gap-2 sm:ml-auto">
              <Button size="sm" disabled={busy || picked.length === 0} onClick={() => release.mutate(picked)}>
                {t('held.release')}
              </Button>
              {rejected ? (
                <Button size="sm" disabled={busy || picked.length === 0} onClick={() => restore.mutate(picked)}>
                  {t('held.back')}
                </Button>
              ) : (
                <Button size="sm" disabled={busy || picked.length === 0} onClick={() => reject.mutate(picked)}>
                  {t('held.reject')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
      {list.isLoading && <Skeleton className="h-40" />}
      {!!list.error && list.rows.length === 0 && <ErrorState error={list.error} onRetry={list.retry} />}
      {!list.isLoading && !list.error && list.rows.length === 0 && (
        <div className="panel">
          <EmptyState icon={<ShieldCheck />} title={t(rejected ? 'held.no_spam' : 'held.empty_title')}>
            {t(rejected ? 'held.no_spam_text' : 'held.empty_text')}
          </EmptyState>
        </div>
      )}
      <ul className="space-y-3">
        {list.rows.map((one) => (
          <HeldCard
            key={one.id}
            held={one}
            named={!of.form_id}
            chosen={chosen.includes(one.id)}
            busy={busy}
            onChoose={(next) => setChosen(next ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))}
            onRelease={() => release.mutate([one.id])}
            onReject={rejected ? undefined : () => reject.mutate([one.id])}
          />
        ))}
      </ul>
      {list.hasMore && (
        <Button className="mt-3" busy={list.isLoadingMore} onClick={list.loadMore}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
