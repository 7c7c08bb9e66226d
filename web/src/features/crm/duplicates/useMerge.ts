/** Merging and undoing, with what is said of it. Undo says what was changed since and stayed. */
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toast, toastError } from '@/ui/Toast'
import { merge, refreshDuplicates, undoMerge, type Merge } from './api'

export function useUndoMerge(after?: (merge: Merge) => void) {
  const { t } = useTranslation('duplicates')
  return useMutation({
    mutationFn: (id: string) => undoMerge(id),
    onSuccess: ({ merge: undone, undone: { kept, stayed } }) => {
      void refreshDuplicates()
      const left = kept.length + stayed.reduce((sum, one) => sum + one.count, 0)
      toast({ text: t('undone', { name: undone.loser.name }), ...(left > 0 ? { detail: t('undone_left', { count: left }) } : {}) })
      after?.(undone)
    },
    onError: toastError,
  })
}

export function useMerge(after: (merge: Merge) => void) {
  const { t } = useTranslation('duplicates')
  const undo = useUndoMerge()
  return useMutation({
    mutationFn: merge,
    onSuccess: (done) => {
      void refreshDuplicates()
      toast({ text: t('merged', { loser: done.loser.name, survivor: done.survivor.name }), undo: () => undo.mutate(done.id) })
      after(done)
    },
  })
}
