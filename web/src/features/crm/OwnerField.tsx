/** Who of the workspace looks after a record. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Combobox } from '@/ui/Combobox'
import { membersQuery } from './api'

export function OwnerField({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { t } = useTranslation('crm')
  const members = useQuery(membersQuery)
  return (
    <Combobox
      label={t('field.owner')}
      optional
      clearable
      value={value}
      onChange={onChange}
      placeholder={t('field.nobody')}
      options={(members.data?.items ?? []).map((member) => ({ value: member.id, label: member.name }))}
    />
  )
}
