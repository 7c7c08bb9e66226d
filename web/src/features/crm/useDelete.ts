/** Deletes one record at once and offers Undo. */
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toast, toastError } from '@/ui/Toast'
import { refreshCrm } from './api'

type Acts = { remove: (id: string) => Promise<unknown>; restore: (id: string) => Promise<unknown>; after?: () => void }

export function useDelete({ remove, restore, after }: Acts) {
  const { t } = useTranslation('crm')
  return useMutation({
    mutationFn: ({ id }: { id: string; name: string }) => remove(id),
    onSuccess: (_, { id, name }) => {
      toast({ text: t('deleted', { name }), undo: () => void restore(id).then(refreshCrm, toastError) })
      after?.()
      void refreshCrm()
    },
    onError: toastError,
  })
}
