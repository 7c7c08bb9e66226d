/** Makes a deal, or changes one. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe, useSeesAmounts } from '@/api/me'
import { queryClient } from '@/api/query'
import { referenceQuery } from '@/api/reference'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { currencyDigits, isSeen } from '@/lib/format'
import { withFraction } from '@/lib/decimal'
import { required } from '@/lib/schema'
import { Combobox } from '@/ui/Combobox'
import { DateField } from '@/ui/DateField'
import { FormDialog } from '@/ui/Dialog'
import { MoneyField } from '@/ui/MoneyField'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { contactOptions, createDeal, dealQuery, hasAmount, pipelinesQuery, refreshCrm, saveDeal, type Deal, type Ref } from '../api'
import { CompanyField } from '../CompanyField'
import { OwnerField } from '../OwnerField'
import { CustomInputs, useCustomPaths } from '../custom/CustomInputs'
import { changedValues } from '../custom/values'
import { FieldOf, FieldsOf } from '../rights/FieldsOf'
import { useOpen } from '../rights/rights'

const ref = z.object({ id: z.string(), name: z.string() }).nullable()
const schema = z.object({
  custom: z.record(z.string(), z.unknown()),
  name: required(200),
  amount: z.string(),
  currency: required(3),
  expected_close: z.string(),
  company: ref,
  contact: ref,
  owner_id: z.string().nullable(),
  stage_id: z.string(),
})
type Form = z.infer<typeof schema>

type Props = {
  open: boolean
  onClose: () => void
  deal?: Deal
  company?: Ref | null
  contact?: Ref | null
  /** The stage a new deal begins in; the first of the pipeline if not given. */
  stage?: string | undefined
  pipeline?: string | undefined
  onSaved?: (deal: Deal) => void
}

export function DealDialog(props: Props) {
  return props.open ? <Inner key={props.deal?.version ?? 0} {...props} /> : null
}

function Inner({ onClose, deal, company, contact, stage, pipeline, onSaved }: Props) {
  const { t } = useTranslation('crm')
  const say = useFieldMessage()
  const open = useOpen('deal', !deal)
  const me = useMe()
  const pipelines = useQuery(pipelinesQuery)
  const reference = useQuery(referenceQuery)
  const current = pipelines.data?.items.find((one) => one.id === (deal?.pipeline_id ?? pipeline)) ?? pipelines.data?.items[0]
  const [general, setGeneral] = useState<unknown>(null)
  const form = useForm<Form>({
    resolver: zodResolver(schema),
    defaultValues: {
      custom: deal?.custom ?? {},
      name: deal?.name ?? '',
      amount: deal && isSeen(deal.amount) && hasAmount(deal) ? deal.amount.amount : '',
      currency: deal?.amount.currency ?? me.tenant.currency,
      expected_close: deal?.expected_close ?? '',
      company: deal ? deal.company : (company ?? null),
      contact: deal ? deal.contact : (contact ?? null),
      owner_id: deal ? (deal.owner?.id ?? null) : me.member.id,
      stage_id: deal?.stage.id ?? stage ?? '',
    },
  })
  const { errors } = form.formState
  // The sum of the deal's lines is not written here.
  const computed = deal?.amount_computed ?? false
  // Nor what its writer does not see: nothing is overwritten by nothing.
  const seesAmounts = useSeesAmounts()
  const closed = computed || !seesAmounts
  const customPaths = useCustomPaths('deal')
  const [currency, chosenCompany] = useWatch({ control: form.control, name: ['currency', 'company'] })
  const save = useMutation({
    mutationFn: (input: Form) => {
      const amount = withFraction(input.amount || '0', currencyDigits(input.currency))
      const body = {
        custom: changedValues(deal?.custom ?? {}, input.custom),
        name: input.name,
        amount: amount && !closed ? { amount, currency: input.currency } : null,
        expected_close: input.expected_close || null,
        company_id: input.company?.id ?? null,
        contact_id: input.contact?.id ?? null,
        owner_id: input.owner_id,
      }
      return deal ? saveDeal(deal, open(body)) : createDeal({ ...open(body), stage_id: input.stage_id || (current?.stages[0]?.id ?? '') })
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(dealQuery(saved.id).queryKey, saved)
      void refreshCrm()
      onClose()
      onSaved?.(saved)
    },
    onError: (error) => setGeneral(showFieldErrors(error, form.setError, [...Object.keys(schema.shape), ...customPaths])),
  })
  return (
    <FormDialog
      open
      onClose={onClose}
      title={deal ? t('deal.edit') : t('deal.new')}
      submit={deal ? t('ui:dialog.save') : t('deal.create')}
      busy={save.isPending}
      error={general}
      onSubmit={form.handleSubmit((input) => save.mutate(input))}
    >
      <FieldsOf object="deal" isNew={!deal}>
        <FieldOf field="name">
          <TextField label={t('field.title')} autoFocus autoComplete="off" placeholder={t('deal.title_example')} error={say(errors.name)} {...form.register('name')} />
        </FieldOf>
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldOf field="company">
            <Controller control={form.control} name="company" render={({ field }) => <CompanyField value={field.value} onChange={field.onChange} />} />
          </FieldOf>
          <FieldOf field="contact">
            <Controller
              control={form.control}
              name="contact"
              render={({ field }) => (
                <Combobox
                  label={t('field.contact')}
                  optional
                  clearable
                  value={field.value?.id ?? null}
                  chosen={field.value && { value: field.value.id, label: field.value.name }}
                  search={{ key: `contact ${chosenCompany?.id ?? ''}`, load: contactOptions(chosenCompany?.id ?? null) }}
                  onChange={(id, option) => field.onChange(id && option ? { id, name: option.label } : null)}
                />
              )}
            />
          </FieldOf>
          <FieldOf field="amount">
            <div className="grid grid-cols-[minmax(0,1fr)_6.5rem] items-start gap-2">
              <Controller
                control={form.control}
                name="amount"
                render={({ field }) => <MoneyField label={t('field.value')} optional currency={currency} value={field.value} onChange={field.onChange} onBlur={field.onBlur} error={say(errors.amount)} disabled={closed} hint={!seesAmounts ? t('ui:amount.no_set') : computed && t('deal.amount_computed')} />}
              />
              <Select label={t('field.currency')} disabled={closed} options={(reference.data?.currencies ?? [currency]).map((code) => ({ value: code, label: code }))} {...form.register('currency')} />
            </div>
          </FieldOf>
          <FieldOf field="expected_close">
            <DateField label={t('field.expected_close')} optional error={say(errors.expected_close)} {...form.register('expected_close')} />
          </FieldOf>
          {!deal && current && (
            <Controller
              control={form.control}
              name="stage_id"
              render={({ field }) => (
                <Select label={t('field.stage')} value={field.value || current.stages[0]?.id} onChange={field.onChange} options={current.stages.map((one) => ({ value: one.id, label: one.name }))} />
              )}
            />
          )}
          <FieldOf field="owner">
            <Controller control={form.control} name="owner_id" render={({ field }) => <OwnerField value={field.value} onChange={field.onChange} />} />
          </FieldOf>
        </div>
        <Controller
          control={form.control}
          name="custom"
          render={({ field }) => <CustomInputs object="deal" value={field.value} onChange={field.onChange} errors={errors.custom} names={deal?.custom_names} />}
        />
      </FieldsOf>
    </FormDialog>
  )
}
