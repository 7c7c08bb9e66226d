/** Chooses a company by typing; one that does not exist yet is made with the typed name. */
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan, useMe } from '@/api/me'
import { refresh } from '@/api/query'
import { explain } from '@/lib/problem'
import { Combobox } from '@/ui/Combobox'
import { addressForm, addressInput } from './address'
import { companyOptions, createCompany, type Ref } from './api'

type Props = { value: Ref | null; onChange: (company: Ref | null) => void; error?: string | undefined }

export function CompanyField({ value, onChange, error }: Props) {
  const { t } = useTranslation('crm')
  const me = useMe()
  const mayCreate = useCan('company.edit')
  const create = useMutation({
    mutationFn: (name: string) =>
      createCompany({ name, legal_name: null, tax_id: null, email: null, phone: null, website: null, tags: [], about: null, owner_id: me.member.id, ...addressInput(addressForm(undefined)) }),
    onSuccess: (company) => {
      onChange({ id: company.id, name: company.name })
      void refresh('company')
    },
  })
  return (
    <Combobox
      label={t('field.company')}
      optional
      clearable
      value={value?.id ?? null}
      chosen={value && { value: value.id, label: value.name }}
      search={{ key: 'company', load: (q) => companyOptions(q) }}
      onChange={(id, option) => onChange(id && option ? { id, name: option.label } : null)}
      error={create.isError ? explain(create.error) : error}
      {...(mayCreate ? { onCreate: (name: string) => create.mutate(name) } : {})}
    />
  )
}
