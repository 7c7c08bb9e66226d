/** The fields of an address inside a larger form: street, postal_code, city, region, country. */
import { useQuery } from '@tanstack/react-query'
import { Controller, type Control, type FieldErrors, type UseFormRegister } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { referenceQuery } from '@/api/reference'
import { useFieldMessage } from '@/lib/fieldMessage'
import { nameOf } from '@/lib/format'
import { optionalText } from '@/lib/schema'
import { Combobox } from '@/ui/Combobox'
import { TextArea, TextField } from '@/ui/TextField'
import type { AddressForm } from './address'
import { FieldOf, useFormRight } from './rights/FieldsOf'

/** The part of a form's schema that this component fills. */
export const addressShape = {
  street: optionalText(300),
  city: optionalText(120),
  region: optionalText(120),
  postal_code: optionalText(20),
  country: z.string(),
}

/** A form with more fields than these is accepted: only these are touched. */
type Props = { form: { register: unknown; control: unknown }; errors: FieldErrors<AddressForm> }

export function AddressFields({ form, errors }: Props) {
  const { t } = useTranslation('crm')
  const say = useFieldMessage()
  const reference = useQuery(referenceQuery)
  const register = form.register as UseFormRegister<AddressForm>
  const control = form.control as Control<AddressForm>
  const countries = (reference.data?.countries ?? []).map((country) => ({ value: country.code, label: nameOf('region', country.code) }))
  const right = useFormRight()
  if (right('street') === 'hidden' && right('country') === 'hidden') return null
  return (
    <fieldset className="grid gap-4 sm:grid-cols-2">
      <legend className="mb-2 text-base font-semibold">{t('field.address')}</legend>
      <FieldOf field="street">
        <TextArea label={t('field.street')} rows={2} autoComplete="off" className="sm:col-span-2" error={say(errors.street)} {...register('street')} />
        <TextField label={t('field.postal_code')} autoComplete="off" error={say(errors.postal_code)} {...register('postal_code')} />
        <TextField label={t('field.city')} autoComplete="off" error={say(errors.city)} {...register('city')} />
        <TextField label={t('field.region')} autoComplete="off" error={say(errors.region)} {...register('region')} />
      </FieldOf>
      <FieldOf field="country">
        <Controller
          control={control}
          name="country"
          render={({ field }) => (
            <Combobox label={t('field.country')} clearable value={field.value || null} onChange={(value) => field.onChange(value ?? '')} error={say(errors.country)} options={countries} />
          )}
        />
      </FieldOf>
    </fieldset>
  )
}
