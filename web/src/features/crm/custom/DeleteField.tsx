/** Deletes an archived field for good; says how many records lose a value. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Confirm } from '@/ui/Confirm'
import { customFieldQuery, type CustomField, deleteCustomField, refreshCustomFields } from './api'

export function DeleteField({ field, onClose }: { field: CustomField; onClose: () => void }) {
  const { t } = useTranslation('crm')
  const counted = useQuery(customFieldQuery(field.id))
  const remove = useMutation({
    mutationFn: () => deleteCustomField(field.id),
    onSuccess: () => {
      onClose()
      void refreshCustomFields()
    },
  })
  return (
    <Confirm
      open
      onClose={onClose}
      title={t('custom.delete_title', { name: field.label })}
      action={t('custom.delete')}
      word={field.key}
      busy={remove.isPending || counted.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    >
      {counted.data ? t('custom.delete_text', { count: counted.data.values ?? 0 }) : t('custom.counting')}
    </Confirm>
  )
}
