/** The company that a company belongs to. Those below it are not offered. */
import { useTranslation } from 'react-i18next'
import { Combobox } from '@/ui/Combobox'
import { companyOptions, type Ref } from '../api'

type Props = { value: Ref | null; onChange: (company: Ref | null) => void; company: string | undefined; error?: string | undefined }

export function ParentField({ value, onChange, company, error }: Props) {
  const { t } = useTranslation('group')
  return (
    <Combobox
      label={t('parent')}
      optional
      clearable
      value={value?.id ?? null}
      chosen={value && { value: value.id, label: value.name }}
      search={{ key: `company not below ${company ?? 'any'}`, load: (q) => companyOptions(q, company) }}
      onChange={(id, option) => onChange(id && option ? { id, name: option.label } : null)}
      error={error}
    />
  )
}
