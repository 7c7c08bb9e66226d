/** Everyone's records, mine, or those of one colleague. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { Select } from '@/ui/Select'
import { membersQuery } from './api'

export function OwnerFilter({ value, onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const { t } = useTranslation('crm')
  const me = useMe()
  const members = useQuery(membersQuery)
  const others = (members.data?.items ?? []).filter((member) => member.id !== me.member.id)
  return (
    <Select
      label={t('field.owner')}
      labelHidden
      className="w-44 max-md:w-full"
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
      options={[
        { value: '', label: t('owner.all') },
        { value: me.member.id, label: t('owner.mine') },
        ...others.map((member) => ({ value: member.id, label: member.name })),
      ]}
    />
  )
}
