/**
 * Whom the document is for. A contact brings its company, a deal brings both; the customer's
 * language and currency are taken over while nobody has chosen others.
 */
import { Controller, useFormContext, useWatch, type FieldPath } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/query'
import { useFieldMessage } from '@/lib/fieldMessage'
import { Combobox } from '@/ui/Combobox'
import { companyOptions, contactOptions, dealOptions, firmQuery, opportunityQuery, type Ref } from './api'
import type { DocumentForm } from './form'

/** Takes over what the customer prefers, where the form still holds what it began with. */
export function useCustomerDefaults(): (company: string) => Promise<void> {
  const { setValue, getFieldState } = useFormContext<DocumentForm>()
  return async (company) => {
    const firm = await queryClient.fetchQuery(firmQuery(company)).catch(() => null)
    if (firm?.language && !getFieldState('language').isDirty) setValue('language', firm.language)
    if (firm?.currency && !getFieldState('currency').isDirty) setValue('currency', firm.currency)
  }
}

/** `fixed`: a note is to the customer of the invoice it corrects. */
export function CustomerFields({ withDeal, fixed }: { withDeal: boolean; fixed: boolean }) {
  const { t } = useTranslation('sales')
  const { control, setValue, formState } = useFormContext<DocumentForm>()
  const say = useFieldMessage()
  const [company, deal] = useWatch<DocumentForm, ['company', 'deal']>({ name: ['company', 'deal'] })
  const takeOver = useCustomerDefaults()
  const put = (name: Extract<FieldPath<DocumentForm>, 'company' | 'contact' | 'deal'>, value: Ref | null) => setValue(name, value, { shouldDirty: true, shouldValidate: formState.isSubmitted })

  const chooseCompany = (value: Ref | null) => {
    if (value?.id !== company?.id) put('contact', null)
    put('company', value)
    if (value) void takeOver(value.id)
  }
  const chooseDeal = async (value: Ref | null) => {
    put('deal', value)
    if (!value) return
    const found = await queryClient.fetchQuery(opportunityQuery(value.id)).catch(() => null)
    if (found?.company && !company) {
      put('company', found.company)
      void takeOver(found.company.id)
    }
    if (found?.contact && (!company || company.id === found.company?.id)) put('contact', found.contact)
  }
  return (
    <>
      <Controller
        control={control}
        name="company"
        render={({ field }) => (
          <Combobox
            label={t('field.company')}
            clearable
            placeholder={t('field.company_choose')}
            disabled={fixed}
            value={field.value?.id ?? null}
            chosen={field.value && { value: field.value.id, label: field.value.name }}
            search={{ key: 'company', load: companyOptions }}
            onChange={(id, option) => chooseCompany(id && option ? { id, name: option.label } : null)}
            error={say(formState.errors.company)}
          />
        )}
      />
      <Controller
        control={control}
        name="contact"
        render={({ field }) => (
          <Combobox
            label={t('field.contact')}
            optional
            clearable
            disabled={fixed && !company}
            value={field.value?.id ?? null}
            chosen={field.value && { value: field.value.id, label: field.value.name }}
            search={{ key: `contact ${company?.id ?? ''}`, load: contactOptions(company?.id ?? null) }}
            onChange={(id, option) => field.onChange(id && option ? { id, name: option.label } : null)}
            error={say(formState.errors.contact)}
          />
        )}
      />
      {withDeal && (
        <Combobox
          label={t('field.deal')}
          optional
          clearable
          value={deal?.id ?? null}
          chosen={deal && { value: deal.id, label: deal.name }}
          search={{ key: `deal ${company?.id ?? ''}`, load: dealOptions(company?.id ?? null) }}
          onChange={(id, option) => void chooseDeal(id && option ? { id, name: option.label } : null)}
          error={say(formState.errors.deal)}
        />
      )}
    </>
  )
}
