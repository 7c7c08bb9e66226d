/** How rows are taken: people who are there already, numbers without a country, dates of unclear order. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { referenceQuery } from '@/api/reference'
import { nameOf } from '@/lib/format'
import { Combobox } from '@/ui/Combobox'
import { Select } from '@/ui/Select'
import type { ImportOptions } from './api'

const ORDERS = ['dmy', 'mdy', 'ymd'] as const

type Props = { options: ImportOptions; busy: boolean; onChange: (options: Partial<ImportOptions>) => void }

export function OptionFields({ options, busy, onChange }: Props) {
  const { t } = useTranslation('crm')
  const reference = useQuery(referenceQuery)
  const countries = reference.data?.countries.map((country) => country.code) ?? [options.default_country]
  return (
    <div className="panel grid items-start gap-4 p-4 md:grid-cols-3">
      <Select
        label={t('import.duplicates')}
        disabled={busy}
        value={options.duplicates}
        onChange={(event) => onChange({ duplicates: event.target.value === 'create' ? 'create' : 'skip' })}
        options={[
          { value: 'skip', label: t('import.duplicates_skip') },
          { value: 'create', label: t('import.duplicates_create') },
        ]}
      />
      <Combobox
        label={t('import.country')}
        hint={t('import.country_hint')}
        disabled={busy}
        value={options.default_country}
        onChange={(value) => value && onChange({ default_country: value })}
        options={countries.map((code) => ({ value: code, label: nameOf('region', code) }))}
      />
      <Select
        label={t('import.dates')}
        disabled={busy}
        value={options.date_order ?? ''}
        onChange={(event) => onChange({ date_order: ORDERS.find((order) => order === event.target.value) ?? null })}
        options={[{ value: '', label: t('import.dates_guess') }, ...ORDERS.map((value) => ({ value, label: t(`import.order.${value}`) }))]}
      />
    </div>
  )
}
