/** Makes a lead, or changes one. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '@/api/me'
import { queryClient } from '@/api/query'
import { referenceQuery } from '@/api/reference'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { FormDialog } from '@/ui/Dialog'
import { PhoneField } from '@/ui/PhoneField'
import { TextArea, TextField } from '@/ui/TextField'
import { CustomInputs, useCustomPaths } from '../custom/CustomInputs'
import { changedValues } from '../custom/values'
import { OwnerField } from '../OwnerField'
import { createLead, leadQuery, refreshLeads, saveLead, type Lead } from './api'
import { FieldOf, FieldsOf } from '../rights/FieldsOf'
import { useOpen } from '../rights/rights'

const schema = z.object({
  custom: z.record(z.string(), z.unknown()),
  given_name: z.string(),
  family_name: z.string(),
  company_name: z.string(),
  email: z.string(),
  phone: z.string(),
  source: z.string(),
  message: z.string(),
  owner_id: z.string().nullable(),
})
type Form = z.infer<typeof schema>

type Props = { open: boolean; onClose: () => void; lead?: Lead; onSaved?: (lead: Lead) => void }

export function LeadDialog(props: Props) {
  return props.open ? <Inner key={props.lead?.version ?? 0} {...props} /> : null
}

const orNull = (text: string) => text.trim() || null

function Inner({ onClose, lead, onSaved }: Props) {
  const { t } = useTranslation(['leads', 'crm'])
  const say = useFieldMessage()
  const open = useOpen('lead', !lead)
  const me = useMe()
  const reference = useQuery(referenceQuery)
  const [general, setGeneral] = useState<unknown>(null)
  const form = useForm<Form>({
    resolver: zodResolver(schema),
    defaultValues: {
      custom: lead?.custom ?? {},
      given_name: lead?.given_name ?? '',
      family_name: lead?.family_name ?? '',
      company_name: lead?.company_name ?? '',
      email: lead?.email ?? '',
      phone: lead?.phone ?? '',
      source: lead?.source ?? '',
      message: lead?.message ?? '',
      owner_id: lead?.owner_id ?? null,
    },
  })
  const { errors } = form.formState
  const customPaths = useCustomPaths('lead')
  const save = useMutation({
    mutationFn: ({ source, ...input }: Form) => {
      const body = {
        custom: changedValues(lead?.custom ?? {}, input.custom),
        given_name: orNull(input.given_name),
        family_name: orNull(input.family_name),
        company_name: orNull(input.company_name),
        email: orNull(input.email),
        phone: orNull(input.phone),
        message: orNull(input.message),
        owner_id: input.owner_id,
      }
      return lead ? saveLead(lead, open(body)) : createLead({ ...open(body), source: orNull(source) })
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(leadQuery(saved.id).queryKey, saved)
      void refreshLeads()
      onClose()
      onSaved?.(saved)
    },
    onError: (error) => setGeneral(showFieldErrors(error, form.setError, [...Object.keys(schema.shape), ...customPaths])),
  })
  return (
    <FormDialog
      open
      onClose={onClose}
      title={lead ? t('edit') : t('new')}
      submit={lead ? t('ui:dialog.save') : t('create')}
      busy={save.isPending}
      error={general}
      onSubmit={form.handleSubmit((input) => save.mutate(input))}
    >
      <FieldsOf object="lead" isNew={!lead}>
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldOf field="name">
            <TextField label={t('crm:field.given_name')} optional autoFocus autoComplete="off" error={say(errors.given_name)} {...form.register('given_name')} />
          </FieldOf>
          <FieldOf field="name">
            <TextField label={t('crm:field.family_name')} optional autoComplete="off" error={say(errors.family_name)} {...form.register('family_name')} />
          </FieldOf>
          <FieldOf field="name">
            <TextField label={t('crm:field.company')} optional autoComplete="off" error={say(errors.company_name)} {...form.register('company_name')} />
          </FieldOf>
          <FieldOf field="email">
            <TextField label={t('crm:field.email')} optional type="email" autoComplete="off" error={say(errors.email)} {...form.register('email')} />
          </FieldOf>
          <FieldOf field="phone">
            <Controller
              control={form.control}
              name="phone"
              render={({ field }) => (
                <PhoneField label={t('crm:field.phone')} optional countries={reference.data?.countries ?? []} country={me.tenant.country} value={field.value} onChange={field.onChange} error={say(errors.phone)} />
              )}
            />
          </FieldOf>
          {!lead && <TextField label={t('field.source')} optional autoComplete="off" placeholder={t('source_example')} error={say(errors.source)} {...form.register('source')} />}
          <FieldOf field="owner">
            <Controller control={form.control} name="owner_id" render={({ field }) => <OwnerField value={field.value} onChange={field.onChange} />} />
          </FieldOf>
        </div>
        <FieldOf field="message">
          <TextArea label={t('field.message')} optional error={say(errors.message)} {...form.register('message')} />
        </FieldOf>
        <Controller
          control={form.control}
          name="custom"
          render={({ field }) => <CustomInputs object="lead" value={field.value} onChange={field.onChange} errors={errors.custom} names={lead?.custom_names} />}
        />
      </FieldsOf>
    </FormDialog>
  )
}
