/** Says that a record was deleted, and brings it back for those who may. */
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { date } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { toast, toastError } from '@/ui/Toast'
import { refreshCrm } from './api'

type Props = { record: { id: string; name: string; deleted_at: string | null; actions: string[] }; restore: (id: string) => Promise<unknown> }

export function DeletedNotice({ record, restore }: Props) {
  const { t } = useTranslation('crm')
  const back = useMutation({
    mutationFn: () => restore(record.id),
    onSuccess: () => {
      toast({ text: t('restored', { name: record.name }) })
      void refreshCrm()
    },
    onError: toastError,
  })
  if (!record.deleted_at) return null
  return (
    <Notice
      tone="warn"
      action={
        <Button size="sm" busy={back.isPending} why={record.actions.includes('restore') ? undefined : t('not_allowed')} onClick={() => back.mutate()}>
          {t('restore')}
        </Button>
      }
    >
      {t('was_deleted', { when: date(record.deleted_at) })}
    </Notice>
  )
}
