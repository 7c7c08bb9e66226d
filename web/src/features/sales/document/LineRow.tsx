/** One line being written: a row of the table on wide screens, a card on narrow ones. */
import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { ArrowDown, ArrowUp, Copy, Ellipsis, GripVertical, Text, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Controller, useFormContext, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { useFieldMessage } from '@/lib/fieldMessage'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { DecimalField } from '@/ui/MoneyField'
import { TextArea, TextField } from '@/ui/TextField'
import { DiscountField } from './DiscountField'
import type { DocumentForm } from './form'
import { TaxField } from './TaxField'

export type LineActs = { add: (after: number) => void; remove: (index: number) => void; move: (from: number, to: number) => void; copy: (index: number) => void }

type Props = { id: string; index: number; count: number; wide: boolean; amount: string; settling: boolean; acts: LineActs }

export const LINE_GRID = 'grid grid-cols-[1.5rem_minmax(0,1fr)_4.75rem_4.25rem_7rem_6.75rem_8.5rem_6.75rem_2rem] gap-x-2'

export function LineRow({ id, index, count, wide, amount, settling, acts }: Props) {
  const { t } = useTranslation('sales')
  const { register, formState } = useFormContext<DocumentForm>()
  const say = useFieldMessage()
  const errors = formState.errors.lines?.[index]
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id })
  const name = (what: string) => t('line.of', { what, number: index + 1 })
  const [detailed, setDetailed] = useState(false)
  const details = useWatch<DocumentForm, `lines.${number}.details`>({ name: `lines.${index}.details` })
  const handle = (
    <button
      type="button"
      ref={setActivatorNodeRef}
      {...attributes}
      {...listeners}
      aria-label={t('line.handle', { number: index + 1 })}
      className="flex h-8 w-6 shrink-0 cursor-grab touch-none items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-ink max-md:size-9"
    >
      <GripVertical className="size-4" />
    </button>
  )
  const menu = (
    <Menu
      trigger={<IconButton bare label={t('line.menu', { number: index + 1 })} icon={<Ellipsis className="size-4" />} />}
      items={[
        { label: t('line.details_add'), icon: <Text className="size-4" />, run: () => setDetailed(true), why: detailed || details ? t('line.details_there') : undefined },
        { label: t('line.copy'), icon: <Copy className="size-4" />, run: () => acts.copy(index) },
        { label: t('line.up'), icon: <ArrowUp className="size-4" />, run: () => acts.move(index, index - 1), why: index === 0 ? t('line.first') : undefined },
        { label: t('line.down'), icon: <ArrowDown className="size-4" />, run: () => acts.move(index, index + 1), why: index === count - 1 ? t('line.last') : undefined },
        'line',
        { label: t('line.remove'), icon: <Trash2 className="size-4" />, danger: true, run: () => acts.remove(index) },
      ]}
    />
  )
  const description = (
    <div className="flex min-w-0 flex-col gap-1.5">
      <TextField
        label={wide ? name(t('line.description')) : t('line.description')}
        labelHidden={wide}
        autoComplete="off"
        placeholder={t('line.description_example')}
        error={say(errors?.description)}
        {...register(`lines.${index}.description`)}
      />
      {(detailed || details) && (
        <TextArea
          label={wide ? name(t('line.details')) : t('line.details')}
          labelHidden={wide}
          rows={2}
          placeholder={t('line.details')}
          error={say(errors?.details)}
          {...register(`lines.${index}.details`)}
        />
      )}
    </div>
  )
  const sum = <div className={cx('tabular flex min-h-(--control) items-center justify-end text-right font-medium transition-opacity', settling && 'opacity-50')}>{amount}</div>
  const style = { transform: CSS.Translate.toString(transform), transition }
  return (
    <li
      ref={setNodeRef}
      style={style}
      data-line={index}
      aria-label={t('line.number', { number: index + 1 })}
      className={cx('relative bg-surface', isDragging && 'z-10 rounded-md shadow-lg', wide ? cx(LINE_GRID, 'items-start py-1.5 pr-2 pl-1') : 'flex flex-col gap-3 p-3')}
    >
      {wide ? (
        <>
          {handle}
          {description}
          <Figures index={index} wide />
          {sum}
          {menu}
        </>
      ) : (
        <>
          <div className="-mb-2 flex items-center gap-2">
            {handle}
            <span className="text-sm font-medium text-soft">{t('line.number', { number: index + 1 })}</span>
            <span className="ml-auto">{sum}</span>
            {menu}
          </div>
          {description}
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-5">
            <Figures index={index} wide={false} />
          </div>
        </>
      )}
    </li>
  )
}

/** Quantity, unit, price, discount, taxes. */
function Figures({ index, wide }: { index: number; wide: boolean }) {
  const { t } = useTranslation('sales')
  const { register, control, formState, setValue } = useFormContext<DocumentForm>()
  const say = useFieldMessage()
  const errors = formState.errors.lines?.[index]
  const currency = useWatch<DocumentForm, 'currency'>({ name: 'currency' })
  const kind = useWatch<DocumentForm, `lines.${number}.discount_kind`>({ name: `lines.${index}.discount_kind` })
  const name = (what: string) => (wide ? t('line.of', { what, number: index + 1 }) : what)
  return (
    <>
      <Controller
        control={control}
        name={`lines.${index}.quantity`}
        render={({ field }) => (
          <DecimalField label={name(t('line.quantity'))} labelHidden={wide} digits={8} negative value={field.value} onChange={field.onChange} onBlur={field.onBlur} error={say(errors?.quantity)} />
        )}
      />
      <TextField label={name(t('line.unit'))} labelHidden={wide} autoComplete="off" placeholder={t('line.unit_example')} error={say(errors?.unit)} {...register(`lines.${index}.unit`)} />
      <Controller
        control={control}
        name={`lines.${index}.unit_price`}
        render={({ field }) => (
          <DecimalField label={name(t('line.unit_price'))} labelHidden={wide} digits={8} value={field.value} onChange={field.onChange} onBlur={field.onBlur} error={say(errors?.unit_price)} />
        )}
      />
      <Controller
        control={control}
        name={`lines.${index}.discount`}
        render={({ field }) => (
          <DiscountField
            label={name(t('line.discount'))}
            labelHidden={wide}
            kind={kind}
            currency={currency}
            value={field.value}
            onChange={field.onChange}
            onKind={(next) => setValue(`lines.${index}.discount_kind`, next, { shouldDirty: true })}
            error={say(errors?.discount)}
          />
        )}
      />
      <Controller
        control={control}
        name={`lines.${index}.taxes`}
        render={({ field }) => (
          <TaxField
            label={name(t('line.tax'))}
            labelHidden={wide}
            value={field.value}
            onChange={field.onChange}
            error={errors?.taxes?.message}
          />
        )}
      />
    </>
  )
}
