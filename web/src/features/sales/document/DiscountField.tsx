/** A discount in percent or as an amount. */
import { useTranslation } from 'react-i18next'
import { currencyDigits } from '@/lib/format'
import { DecimalField } from '@/ui/MoneyField'

type Props = {
  label: string
  labelHidden?: boolean
  optional?: boolean
  kind: 'percent' | 'amount'
  value: string
  currency: string
  onKind: (kind: 'percent' | 'amount') => void
  onChange: (value: string) => void
  error?: string | undefined
}

export function DiscountField({ label, labelHidden = false, optional = false, kind, value, currency, onKind, onChange, error }: Props) {
  const { t } = useTranslation('sales')
  return (
    <DecimalField
      label={label}
      labelHidden={labelHidden}
      optional={optional}
      digits={kind === 'percent' ? 6 : currencyDigits(currency)}
      value={value}
      onChange={onChange}
      error={error}
      suffix={
        <select
          aria-label={t('line.discount_kind', { label })}
          value={kind}
          onChange={(event) => onKind(event.target.value === 'amount' ? 'amount' : 'percent')}
          className="h-7 appearance-none rounded-sm bg-transparent px-0.5 text-sm text-soft hover:bg-hover hover:text-ink"
        >
          <option value="percent">%</option>
          <option value="amount">{currency}</option>
        </select>
      }
    />
  )
}
