/** Deletes the selected records at once; Undo brings all of them back. */
import { useMutation } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { toast, toastError } from '@/ui/Toast'
import { refreshCrm } from './api'

type Row = { id: string; actions: string[] }

type Props = {
  rows: Row[]
  clear: () => void
  remove: (id: string) => Promise<unknown>
  restore: (id: string) => Promise<unknown>
}

/** A few at a time, so that a large selection does not run into the rate limit. */
async function each(ids: string[], act: (id: string) => Promise<unknown>): Promise<{ done: string[]; error: unknown }> {
  const done: string[] = []
  let error: unknown = null
  for (let start = 0; start < ids.length; start += 4) {
    const part = ids.slice(start, start + 4)
    const results = await Promise.allSettled(part.map(act))
    results.forEach((result, index) => {
      const id = part[index]
      if (result.status === 'fulfilled' && id) done.push(id)
      else if (result.status === 'rejected') error = result.reason
    })
  }
  return { done, error }
}

export function BulkDelete({ rows, clear, remove, restore }: Props) {
  const { t } = useTranslation('crm')
  const allowed = rows.filter((row) => row.actions.includes('delete'))
  const act = useMutation({
    mutationFn: () => each(allowed.map((row) => row.id), remove),
    onSuccess: ({ done, error }) => {
      clear()
      void refreshCrm()
      if (error) toastError(error)
      if (done.length === 0) return
      toast({
        text: t('deleted_count', { count: done.length }),
        undo: () => void each(done, restore).then(({ error: failed }) => {
          if (failed) toastError(failed)
          return refreshCrm()
        }),
      })
    },
  })
  return (
    <Button
      icon={<Trash2 className="size-4" />}
      busy={act.isPending}
      why={allowed.length === 0 ? t('not_allowed') : undefined}
      onClick={() => act.mutate()}
    >
      {t('delete')}
    </Button>
  )
}
