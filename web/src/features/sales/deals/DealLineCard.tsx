/** One line of a deal being written: what it is above, its figures below. */
import { ArrowDown, ArrowUp, Ellipsis, Text, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Controller, useFormContext, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { useFieldMessage } from '@/lib/fieldMessage'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { DecimalField } from '@/ui/MoneyField'
import { Select } from '@/ui/Select'
import { TextArea, TextField } from '@/ui/TextField'
import { RECURRING } from './api'
import type { OfferForm } from './form'

export type LineActs = { add: (after: number) => void; move: (from: number, to: number) => void; remove: (index: number) => void }

type Props = { index: number; count: number; amount: string; settling: boolean; acts: LineActs }

const FIGURES = [
  { name: 'quantity', negative: true, digits: 8 },
  { name: 'unit_price', negative: false, digits: 8 },
  { name: 'discount_percent', negative: false, digits: 6 },
] as const

export function DealLineCard({ index, count, amount, settling, acts }: Props) {
  const { t } = useTranslation('sales')
  const { register, control, formState } = useFormContext<OfferForm>()
  const say = useFieldMessage()
  const errors = formState.errors.lines?.[index]
  const [detailed, setDetailed] = useState(false)
  const description = useWatch<OfferForm, `lines.${number}.description`>({ name: `lines.${index}.description` })
  const name = (what: string) => t('line.of', { what, number: index + 1 })
  const figure = ({ name: field, negative, digits }: (typeof FIGURES)[number]) => (
    <Controller
      key={field}
      control={control}
      name={`lines.${index}.${field}`}
      render={({ field: { value, onChange, onBlur } }) => (
        <DecimalField label={t(`offer.field.${field}`)} digits={digits} negative={negative} value={value} onChange={onChange} onBlur={onBlur} error={say(errors?.[field])} />
      )}
    />
  )
  return (
    <li data-line={index} aria-label={t('line.number', { number: index + 1 })} className="rounded-lg border border-line p-3">
      <div className="flex items-start gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={name(t('line.description'))}
          labelHidden
          autoFocus={index === 0 && count === 1}
          autoComplete="off"
          placeholder={t('line.description_example')}
          error={say(errors?.name)}
          {...register(`lines.${index}.name`)}
        />
        <span className={cx('tabular flex min-h-(--control) min-w-20 items-center justify-end text-right font-medium transition-opacity', settling && 'opacity-50')}>{amount}</span>
        <Menu
          trigger={<IconButton bare label={t('line.menu', { number: index + 1 })} icon={<Ellipsis className="size-4" />} />}
          items={[
            { label: t('line.details_add'), icon: <Text className="size-4" />, run: () => setDetailed(true), why: detailed || description ? t('line.details_there') : undefined },
            { label: t('line.up'), icon: <ArrowUp className="size-4" />, run: () => acts.move(index, index - 1), why: index === 0 ? t('line.first') : undefined },
            { label: t('line.down'), icon: <ArrowDown className="size-4" />, run: () => acts.move(index, index + 1), why: index === count - 1 ? t('line.last') : undefined },
            'line',
            { label: t('line.remove'), icon: <Trash2 className="size-4" />, danger: true, run: () => acts.remove(index) },
          ]}
        />
      </div>
      {(detailed || description) && (
        <div className="mt-2">
          <TextArea label={name(t('line.details'))} labelHidden rows={2} placeholder={t('line.details')} error={say(errors?.description)} {...register(`lines.${index}.description`)} />
        </div>
      )}
      <div className="mt-2 grid grid-cols-2 items-start gap-2 sm:grid-cols-5">
        {figure(FIGURES[0])}
        <TextField label={t('line.unit')} autoComplete="off" placeholder={t('line.unit_example')} error={say(errors?.unit)} {...register(`lines.${index}.unit`)} />
        {figure(FIGURES[1])}
        {figure(FIGURES[2])}
        <Select label={t('offer.field.recurring')} options={RECURRING.map((value) => ({ value, label: t(`offer.recurring.${value}`) }))} {...register(`lines.${index}.recurring`)} />
      </div>
    </li>
  )
}
