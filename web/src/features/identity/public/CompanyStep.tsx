/** Step 1: the company. Currency, language and time zone follow from the country until changed by hand. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight, Check } from 'lucide-react'
import { useEffect } from 'react'
import { Controller, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { Country, Reference } from '@/api/reference'
import { useDebounced } from '@/lib/debounce'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { nameOf } from '@/lib/format'
import { LANGUAGE_NAMES, type Language } from '@/lib/i18n'
import { explain } from '@/lib/problem'
import { optionalText, required } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Combobox } from '@/ui/Combobox'
import { Notice } from '@/ui/Notice'
import { TextField } from '@/ui/TextField'
import { checkTaxId } from '../api'
import { ControllerNotice } from './ControllerNotice'

const schema = z.object({
  company_name: required(200),
  country: required(2),
  tax_id: optionalText(40),
  tax_id_confirmed: z.boolean(),
  currency: required(3),
  language: required(2),
  time_zone: required(64),
})

export type CompanyInput = z.infer<typeof schema>

type Props = { reference: Reference; start: CompanyInput | null; error: unknown; onNext: (input: CompanyInput) => void }

/** The country of this browser's time zone or language, if we know it. */
function guessCountry(countries: Country[]): Country | undefined {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const region = new Intl.Locale(navigator.language).region
  return countries.find((country) => country.time_zone === zone) ?? countries.find((country) => country.code === region)
}

const defaultsOf = (country: Country | undefined): CompanyInput => ({
  company_name: '',
  country: country?.code ?? '',
  tax_id: '',
  tax_id_confirmed: false,
  currency: country?.currency ?? '',
  language: country?.language ?? '',
  time_zone: country?.time_zone ?? '',
})

export function CompanyStep({ reference, start, error, onNext }: Props) {
  const { t } = useTranslation('identity')
  const say = useFieldMessage()
  const form = useForm({ resolver: zodResolver(schema), defaultValues: start ?? defaultsOf(guessCountry(reference.countries)) })
  const { errors } = form.formState
  const [code, taxId, insists] = useWatch({ control: form.control, name: ['country', 'tax_id', 'tax_id_confirmed'] })
  const country = reference.countries.find((one) => one.code === code)
  const settled = useDebounced(taxId.trim(), 400)
  const checked = useQuery({
    queryKey: ['tax_id', code, settled],
    queryFn: () => checkTaxId(code, settled),
    enabled: settled.length > 3 && !!code,
    staleTime: Infinity,
  })
  const current = settled === taxId.trim() && settled ? checked.data : undefined

  useEffect(() => {
    if (error) showFieldErrors(error, form.setError, Object.keys(schema.shape))
  }, [error, form.setError])

  const chooseCountry = (next: string | null) => {
    const found = reference.countries.find((one) => one.code === next)
    form.setValue('country', next ?? '', { shouldValidate: true })
    if (!found) return
    form.setValue('currency', found.currency)
    form.setValue('language', found.language)
    form.setValue('time_zone', found.time_zone)
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={form.handleSubmit((input) => {
        if (!input.tax_id && country?.tax_id_required) {
          return form.setError('tax_id', { type: 'required', message: 'field.required' }, { shouldFocus: true })
        }
        if (current && !current.valid && !insists) return form.setFocus('tax_id')
        onNext({ ...input, tax_id: current?.normalized ?? input.tax_id, tax_id_confirmed: insists && current?.may_insist === true })
      })}
    >
      <TextField label={t('company.name')} autoComplete="organization" autoFocus error={say(errors.company_name)} {...form.register('company_name')} />
      <Combobox
        label={t('company.country')}
        value={code || null}
        onChange={chooseCountry}
        error={say(errors.country)}
        options={reference.countries.map((one) => ({ value: one.code, label: nameOf('region', one.code), hint: one.code })).sort((a, b) => a.label.localeCompare(b.label))}
      />
      <TextField
        label={country?.tax_id_name ? t('company.tax_id_named', { name: country.tax_id_name }) : t('company.tax_id')}
        optional={!country?.tax_id_required}
        placeholder={country?.tax_id_example ?? undefined}
        autoCapitalize="characters"
        spellCheck={false}
        error={say(errors.tax_id) ?? (current && !current.valid && !insists ? (current.message ?? t('company.tax_id_wrong')) : undefined)}
        suffix={current?.valid ? <Check aria-label={t('company.tax_id_right')} className="size-4 text-good" /> : undefined}
        hint={current?.valid ? (current.display ?? current.normalized) : t(country?.tax_id_required ? 'company.tax_id_needed' : 'company.tax_id_hint')}
        {...form.register('tax_id')}
      />
      {current?.may_insist && (
        <Checkbox checked={insists} onChange={(next) => form.setValue('tax_id_confirmed', next)} label={t('company.tax_id_insist')} />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Controller
          control={form.control}
          name="currency"
          render={({ field }) => (
            <Combobox
              label={t('company.currency')}
              value={field.value || null}
              onChange={(value) => field.onChange(value ?? '')}
              error={say(errors.currency)}
              options={reference.currencies.map((currency) => ({ value: currency, label: nameOf('currency', currency), hint: currency }))}
            />
          )}
        />
        <Controller
          control={form.control}
          name="language"
          render={({ field }) => (
            <Combobox
              label={t('company.language')}
              value={field.value || null}
              onChange={(value) => field.onChange(value ?? '')}
              error={say(errors.language)}
              options={reference.languages.map((language) => ({ value: language, label: LANGUAGE_NAMES[language as Language] ?? nameOf('language', language) }))}
            />
          )}
        />
      </div>
      <Controller
        control={form.control}
        name="time_zone"
        render={({ field }) => (
          <Combobox
            label={t('company.time_zone')}
            value={field.value || null}
            onChange={(value) => field.onChange(value ?? '')}
            error={say(errors.time_zone)}
            options={reference.time_zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
        )}
      />
      {country && <ControllerNotice reference={reference} country={country.code} />}
      {checked.isError && <Notice tone="warn">{explain(checked.error)}</Notice>}
      <Button type="submit" kind="primary" size="lg">
        {t('sign_up.next')} <ArrowRight className="size-4" />
      </Button>
    </form>
  )
}
