/** The bulk changes at work, at the edge of every page: how far they are, and Stop. They can be left; the settings list them all. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { number } from '@/lib/format'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { ProgressBar } from '@/ui/ProgressBar'
import { toastError } from '@/ui/Toast'
import { bulkQuery, isMoving, refreshBulk, stopBulk } from './api'
import { useBulkWords } from './useBulkWords'
import { unwatch, useWatched } from './watched'

export default function BulkProgress() {
  const { t } = useTranslation('bulk')
  const ids = useWatched()
  if (ids.length === 0) return null
  return (
    <section aria-label={t('at_work')} className="fixed bottom-4 left-4 z-40 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2 max-md:bottom-18">
      {ids.slice(-3).map((id) => (
        <One key={id} id={id} />
      ))}
    </section>
  )
}

function One({ id }: { id: string }) {
  const { t } = useTranslation('bulk')
  const { data: change, isError } = useQuery(bulkQuery(id))
  const { tell } = useBulkWords()
  const say = useRef(tell)
  useEffect(() => {
    say.current = tell
  })
  const over = change && !isMoving(change)
  const stop = useMutation({ mutationFn: () => stopBulk(id), onError: toastError, onSettled: () => void refreshBulk() })
  useEffect(() => {
    // A reading that failed once is tried again; what was never read is not there.
    if (!over && (!isError || change)) return
    unwatch(id)
    if (change && over) say.current(change)
  }, [over, isError, id, change])
  if (!change || over) return null
  const [value, total] = change.state === 'undoing' ? [change.undone + change.kept, change.changed] : [change.done, change.total]
  return (
    <div className="animate-[rise_160ms_ease-out] rounded-lg border border-line bg-raised p-3 shadow-lg">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <ProgressBar value={value} total={total} label={t(change.state === 'undoing' ? 'undoing' : `doing.${change.kind}`)} />
        </div>
        <IconButton bare size="sm" label={t('hide')} icon={<X className="size-3.5" />} onClick={() => unwatch(id)} />
      </div>
      <div className="mt-2 flex items-center justify-between gap-2">
        <Link to="/settings/bulk-changes" className="tabular text-sm text-soft hover:underline">
          {t('of', { done: number(value), total: number(total) })}
        </Link>
        <Button size="sm" busy={stop.isPending} onClick={() => stop.mutate()}>
          {t('stop')}
        </Button>
      </div>
    </div>
  )
}
