/** The taxes of a line: ticked from the country's list, or written by hand. */
import { ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { Field } from '@/ui/Field'
import { Menu, type MenuItem } from '@/ui/Menu'
import type { Tax } from './api'
import { OtherTaxDialog } from './OtherTaxDialog'
import { taxText, usePresetKind, usePresets } from './words'

type Props = { label: string; labelHidden?: boolean; value: Tax[]; onChange: (taxes: Tax[]) => void; error?: string | undefined }

const same = (a: Tax, b: Tax) => a.name === b.name && a.rate === b.rate && a.category === b.category && !!a.withheld === !!b.withheld

/** Ticks `tax`, or takes it off. A line has one rate of a tax: another of the same name gives way. */
export function toggled(taxes: Tax[], tax: Tax): Tax[] {
  if (taxes.some((one) => same(one, tax))) return taxes.filter((one) => !same(one, tax))
  return [...taxes.filter((one) => one.name !== tax.name || !!one.withheld !== !!tax.withheld), tax]
}

export function TaxField({ label, labelHidden = false, value, onChange, error }: Props) {
  const { t } = useTranslation('sales')
  const { presets } = usePresets()
  const kindOf = usePresetKind()
  const [writing, setWriting] = useState(false)
  const shownId = useId()
  const own = value.filter((tax) => !presets.some((preset) => same(preset.tax, tax)))
  const items: MenuItem[] = [
    ...presets.map((preset) => ({
      label: `${taxText(preset.tax)} · ${kindOf(preset)}`,
      checked: value.some((tax) => same(tax, preset.tax)),
      run: () => onChange(toggled(value, preset.tax)),
    })),
    ...own.map((tax) => ({ label: taxText(tax), checked: true, run: () => onChange(toggled(value, tax)) })),
    'line',
    { label: t('tax.none'), checked: value.length === 0, run: () => onChange([]) },
    { label: t('tax.other'), run: () => setWriting(true) },
  ]
  const shown = value.length > 0 ? value.map(taxText).join(', ') : t('tax.none')
  return (
    <>
      <Field label={label} labelHidden={labelHidden} error={error}>
        {(wiring) => (
          <Menu
            align="start"
            items={items}
            trigger={
              <button {...wiring} type="button" title={shown} className="control flex items-center gap-1 text-left" aria-labelledby={`${wiring.id}-name ${shownId}`}>
                <span id={`${wiring.id}-name`} className="sr-only">
                  {label}
                </span>
                <span id={shownId} className={cx('min-w-0 flex-1 truncate', value.length === 0 && 'text-faint')}>
                  {shown}
                </span>
                <ChevronDown aria-hidden className="size-3.5 shrink-0 text-faint" />
              </button>
            }
          />
        )}
      </Field>
      {writing && (
        <OtherTaxDialog
          onClose={() => setWriting(false)}
          onDone={(tax) => {
            onChange(toggled(value.filter((one) => !same(one, tax)), tax))
            setWriting(false)
          }}
        />
      )}
    </>
  )
}
