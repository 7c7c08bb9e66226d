/** The head of a quote or invoice: customer, title, language, currency, dates, reference. */
import { useQuery } from '@tanstack/react-query'
import { Controller, useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { referenceQuery } from '@/api/reference'
import { useFieldMessage } from '@/lib/fieldMessage'
import { nameOf, today } from '@/lib/format'
import { LANGUAGES, LANGUAGE_NAMES } from '@/lib/i18n'
import { Combobox } from '@/ui/Combobox'
import { DateField } from '@/ui/DateField'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { CustomerFields } from './CustomerFields'
import type { DocumentForm, Kind, NoteKind } from './form'

const DAYS = ['0', '7', '15', '30', '45', '60', '90']

export function HeadFields({ kind, withDeal, note }: { kind: Kind; withDeal: boolean; note?: NoteKind | undefined }) {
  const { t } = useTranslation('sales')
  const { register, control, formState, watch } = useFormContext<DocumentForm>()
  const say = useFieldMessage()
  const { errors } = formState
  const reference = useQuery(referenceQuery)
  const days = watch('payment_days')
  return (
    <div className="panel grid gap-4 p-5 max-md:p-4 sm:grid-cols-2 lg:grid-cols-3">
      {kind === 'quote' && (
        <TextField
          className="sm:col-span-2 lg:col-span-3"
          label={t('field.title')}
          hint={t('field.title_hint')}
          autoComplete="off"
          placeholder={t('field.title_example')}
          error={say(errors.title)}
          {...register('title')}
        />
      )}
      <CustomerFields withDeal={withDeal} fixed={!!note} />
      {kind === 'quote' ? (
        <DateField label={t('field.valid_until')} min={today()} error={say(errors.valid_until)} {...register('valid_until')} />
      ) : note === 'credit_note' ? null : (
        <Select
          label={t('field.payment_days')}
          options={[...new Set([...DAYS, days])].sort((a, b) => Number(a) - Number(b)).map((value) => ({ value, label: value === '0' ? t('days.at_once') : t('days.count', { count: Number(value) }) }))}
          error={say(errors.payment_days)}
          {...register('payment_days')}
        />
      )}
      <Select
        label={t('field.language')}
        options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        error={say(errors.language)}
        {...register('language')}
      />
      <Controller
        control={control}
        name="currency"
        render={({ field }) => (
          <Combobox
            label={t('field.currency')}
            disabled={!!note}
            value={field.value}
            onChange={(value) => field.onChange(value ?? field.value)}
            options={(reference.data?.currencies ?? [field.value]).map((code) => ({ value: code, label: nameOf('currency', code), hint: code }))}
            chosen={{ value: field.value, label: nameOf('currency', field.value) }}
            error={say(errors.currency)}
          />
        )}
      />
      <TextField label={t('field.reference')} optional autoComplete="off" placeholder={t('field.reference_example')} error={say(errors.reference)} {...register('reference')} />
    </div>
  )
}
