/** An amount and its currency; closed to who sees no amounts. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useSeesAmounts } from '@/api/me'
import { referenceQuery } from '@/api/reference'
import type { Money, SeenMoney } from '@/lib/format'
import { MoneyField } from '@/ui/MoneyField'
import { Select } from '@/ui/Select'

type Props = { label: string; optional: boolean; error: string | undefined; hint: string | undefined; value: unknown; onChange: (value: SeenMoney | null) => void; labelHidden?: boolean | undefined }

export function MoneyInput({ value, onChange, label, optional, error, hint, labelHidden }: Props) {
  const { t } = useTranslation('crm')
  const me = useMe()
  const closed = !useSeesAmounts()
  const reference = useQuery(referenceQuery)
  const given = value as Money | null | undefined
  const [currency, setCurrency] = useState(given?.currency ?? me.tenant.currency)
  const put = (amount: string, code: string) => onChange(amount ? { amount, currency: code } : null)
  return (
    <div className="grid grid-cols-[1fr_6rem] items-start gap-2">
      <MoneyField label={label} labelHidden={labelHidden ?? false} optional={optional} error={error} hint={closed ? t('ui:amount.no_set') : hint} disabled={closed} negative currency={currency} value={given?.amount ?? ''} onChange={(amount) => put(amount, currency)} />
      <Select
        label={t('field.currency')}
        labelHidden={labelHidden ?? false}
        disabled={closed}
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
