/** How rows are taken: what is there already, numbers without a country, dates of unclear order. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { referenceQuery } from '@/api/reference'
import { nameOf } from '@/lib/format'
import { Combobox } from '@/ui/Combobox'
import { Checkbox } from '@/ui/Checkbox'
import { Select } from '@/ui/Select'
import type { Import, ImportOptions } from './api'
import { useTargetName } from './MappingTable'
import { useMayUpdate } from './nouns'

const MODES = ['skip', 'update', 'update_only', 'create'] as const
const UPDATES: readonly string[] = ['update', 'update_only']
const MATCHES: readonly string[] = ['external_id', 'email', 'phone', 'name']
const ORDERS = ['dmy', 'mdy', 'ymd'] as const

type Props = { one: Import; busy: boolean; onChange: (options: Partial<ImportOptions>) => void }

export function OptionFields({ one, busy, onChange }: Props) {
  const { t } = useTranslation('crm')
  const { options, matching } = one
  const mayEdit = useMayUpdate(one.noun)
  const targetName = useTargetName()
  const called = (by: string) => (MATCHES.includes(by) ? t(`import.match_by.${by}`) : (one.targets.find((target) => target.key === by)?.label ?? targetName(by)))
  const reference = useQuery(referenceQuery)
  const countries = reference.data?.countries.map((country) => country.code) ?? [options.default_country]
  return (
    <div className="panel grid items-start gap-4 p-4 md:grid-cols-3">
      <Select
        label={t('import.duplicates')}
        disabled={busy}
        value={options.duplicates}
        hint={mayEdit ? undefined : t('import.duplicates_hint')}
        onChange={(event) => onChange({ duplicates: MODES.find((mode) => mode === event.target.value) ?? 'skip' })}
        options={MODES.filter((mode) => mayEdit || !UPDATES.includes(mode)).map((value) => ({ value, label: t(`import.duplicates_${value}`) }))}
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
      {options.duplicates !== 'create' && (
        <fieldset className="md:col-span-3" disabled={busy}>
          <legend className="text-sm font-medium">{t('import.match')}</legend>
          <div className="mt-1 flex flex-wrap gap-x-5">
            {matching.map((by) => (
              <Checkbox
                key={by}
                label={called(by)}
                checked={options.match_by.includes(by)}
                disabled={busy || (options.match_by.length === 1 && options.match_by.includes(by))}
                onChange={(on) => onChange({ match_by: matching.filter((other) => (other === by ? on : options.match_by.includes(other))) })}
              />
            ))}
          </div>
        </fieldset>
      )}
    </div>
  )
}
