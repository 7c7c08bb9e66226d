/** A tax that is on no list: its name, its percent, whether the customer keeps it back. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compareDecimals } from '@/lib/decimal'
import { Checkbox } from '@/ui/Checkbox'
import { FormDialog } from '@/ui/Dialog'
import { DecimalField } from '@/ui/MoneyField'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import type { Tax } from './api'

/** Categories of EN 16931 in which nothing is charged. */
const FREE = ['Z', 'E', 'AE', 'K', 'G', 'O'] as const

export function OtherTaxDialog({ onClose, onDone }: { onClose: () => void; onDone: (tax: Tax) => void }) {
  const { t } = useTranslation('sales')
  const [name, setName] = useState('')
  const [rate, setRate] = useState('')
  const [category, setCategory] = useState<string>('E')
  const [withheld, setWithheld] = useState(false)
  const nothing = rate !== '' && compareDecimals(rate, '0') === 0
  const why = !name.trim() ? t('tax.name_first') : !rate ? t('tax.rate_first') : compareDecimals(rate, '100') > 0 ? t('tax.rate_most') : undefined
  return (
    <FormDialog
      open
      onClose={onClose}
      size="sm"
      title={t('tax.other_title')}
      submit={t('tax.add')}
      why={why}
      onSubmit={() => onDone({ category: nothing && !withheld ? category : 'S', rate, name: name.trim(), withheld })}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_8rem] gap-3">
        <TextField label={t('tax.name')} autoFocus maxLength={60} placeholder={t('tax.name_example')} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
        <DecimalField label={t('tax.rate')} value={rate} onChange={setRate} suffix="%" />
      </div>
      {nothing && !withheld && (
        <Select
          label={t('tax.why_nothing')}
          value={category}
          onChange={(event) => setCategory(event.target.value)}
          options={FREE.map((value) => ({ value, label: t(`tax.category.${value}`) }))}
        />
      )}
      <Checkbox checked={withheld} onChange={setWithheld} label={t('tax.withheld')} hint={t('tax.withheld_hint')} />
    </FormDialog>
  )
}
