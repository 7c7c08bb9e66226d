/** An amount and its currency. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { referenceQuery } from '@/api/reference'
import { MoneyField } from '@/ui/MoneyField'
import { Select } from '@/ui/Select'

type Amount = { amount: string; currency: string }
type Props = { label: string; optional: boolean; error: string | undefined; hint: string | undefined; value: unknown; onChange: (value: Amount | null) => void }

export function MoneyInput({ value, onChange, label, optional, error, hint }: Props) {
  const { t } = useTranslation('crm')
  const me = useMe()
  const reference = useQuery(referenceQuery)
  const given = value as Amount | null | undefined
  const [currency, setCurrency] = useState(given?.currency ?? me.tenant.currency)
  const put = (amount: string, code: string) => onChange(amount ? { amount, currency: code } : null)
  return (
    <div className="grid grid-cols-[1fr_6rem] items-start gap-2">
      <MoneyField label={label} optional={optional} error={error} hint={hint} negative currency={currency} value={given?.amount ?? ''} onChange={(amount) => put(amount, currency)} />
      <Select
        label={t('field.currency')}
        options={(reference.data?.currencies ?? [currency]).map((code) => ({ value: code, label: code }))}
        value={currency}
        onChange={(event) => {
          setCurrency(event.target.value)
          put(given?.amount ?? '', event.target.value)
        }}
      />
    </div>
  )
}
