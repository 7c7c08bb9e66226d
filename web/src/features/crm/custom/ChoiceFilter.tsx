/** Narrows a list to records with a choice of one of the workspace's own fields: "level:c001". */
import { useTranslation } from 'react-i18next'
import { Select } from '@/ui/Select'
import { type CustomObject, useCustomFields } from './api'

type Props = { object: CustomObject; value: string | undefined; onChange: (value: string | undefined) => void }

export function ChoiceFilter({ object, value, onChange }: Props) {
  const { t } = useTranslation('crm')
  const fields = useCustomFields(object).filter((field) => field.choices.length > 0)
  if (fields.length === 0) return null
  const options = fields.flatMap((field) => field.choices.map((choice) => ({ value: `${field.key}:${choice.id}`, label: `${field.label}: ${choice.label}` })))
  return (
    <Select
      label={t('custom.filter')}
      labelHidden
      className="w-48 max-md:w-full"
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
      options={[{ value: '', label: t('custom.filter_all') }, ...options]}
    />
  )
}
