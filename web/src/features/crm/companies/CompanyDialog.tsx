/** Makes a company, or changes one. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm, useWatch, type FieldError } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '@/api/me'
import { queryClient } from '@/api/query'
import { referenceQuery } from '@/api/reference'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { optionalEmail, optionalText, required } from '@/lib/schema'
import { FormDialog } from '@/ui/Dialog'
import { PhoneField } from '@/ui/PhoneField'
import { TagsField } from '@/ui/TagsField'
import { TextArea, TextField } from '@/ui/TextField'
import { addressForm, addressInput, orNull } from '../address'
import { AddressFields, addressShape } from '../AddressFields'
import { companyQuery, createCompany, refreshCrm, saveCompany, type Company, type Ref } from '../api'
import { likelyCompanies } from '../duplicates/api'
import { LikelyNotice } from '../duplicates/LikelyNotice'
import { OwnerField } from '../OwnerField'
import { CustomInputs, useCustomPaths } from '../custom/CustomInputs'
import { changedValues } from '../custom/values'
import { ParentField } from './ParentField'
import { FieldOf, FieldsOf } from '../rights/FieldsOf'
import { useOpen } from '../rights/rights'

const schema = z.object({
  custom: z.record(z.string(), z.unknown()),
  name: required(200),
  legal_name: optionalText(200),
  tax_id: optionalText(40),
  email: optionalEmail,
  phone: optionalText(40),
  website: optionalText(200),
  parent_id: z.object({ id: z.string(), name: z.string() }).nullable(),
  owner_id: z.string().nullable(),
  tags: z.array(z.string()),
  about: optionalText(2000),
  ...addressShape,
})
type Form = z.infer<typeof schema>

type Props = { open: boolean; onClose: () => void; company?: Company; name?: string; parent?: Ref; onSaved?: (company: Company) => void }

export function CompanyDialog(props: Props) {
  // The form begins anew each time it is opened.
  return props.open ? <Inner key={props.company?.version ?? 0} {...props} /> : null
}

function Inner({ onClose, company, name, parent, onSaved }: Props) {
  const { t } = useTranslation('crm')
  const say = useFieldMessage()
  const open = useOpen('company', !company)
  const me = useMe()
  const reference = useQuery(referenceQuery)
  const [general, setGeneral] = useState<unknown>(null)
  const form = useForm<Form>({
    resolver: zodResolver(schema),
    defaultValues: {
      custom: company?.custom ?? {},
      name: company?.name ?? name ?? '',
      legal_name: company?.legal_name ?? '',
      tax_id: company?.tax_id ?? '',
      email: company?.email ?? '',
      phone: company?.phone ?? '',
      website: company?.website ?? '',
      parent_id: company ? (company.parent ?? null) : (parent ?? null),
      owner_id: company ? (company.owner?.id ?? null) : me.member.id,
      tags: company?.tags ?? [],
      about: company?.about ?? '',
      ...addressForm(company, me.tenant.country),
    },
  })
  const { errors } = form.formState
  const [typed, tax_id, email, phone, website] = useWatch({ control: form.control, name: ['name', 'tax_id', 'email', 'phone', 'website'] })
  const customPaths = useCustomPaths('company')
  const save = useMutation({
    mutationFn: (input: Form) => {
      const body = {
        custom: changedValues(company?.custom ?? {}, input.custom),
        name: input.name,
        legal_name: orNull(input.legal_name),
        tax_id: orNull(input.tax_id),
        email: orNull(input.email),
        phone: orNull(input.phone),
        website: orNull(input.website),
        // Not said again: a parent that is deleted or out of sight is shown as none and stays.
        ...(company && (company.parent?.id ?? null) === (input.parent_id?.id ?? null) ? {} : { parent_id: input.parent_id?.id ?? null }),
        owner_id: input.owner_id,
        tags: input.tags,
        about: orNull(input.about),
        ...addressInput(input),
      }
      return company ? saveCompany(company, open(body)) : createCompany(open(body))
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(companyQuery(saved.id).queryKey, saved)
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
      title={company ? t('company.edit') : t('company.new')}
      submit={company ? t('ui:dialog.save') : t('company.create')}
      busy={save.isPending}
      error={general}
      onSubmit={form.handleSubmit((input) => save.mutate(input))}
    >
      <FieldsOf object="company" isNew={!company}>
        <FieldOf field="name">
          <TextField label={t('field.name')} autoFocus autoComplete="off" error={say(errors.name)} {...form.register('name')} />
        </FieldOf>
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldOf field="legal_name">
            <TextField label={t('field.legal_name')} optional autoComplete="off" hint={t('field.legal_name_hint')} error={say(errors.legal_name)} {...form.register('legal_name')} />
          </FieldOf>
          <FieldOf field="tax_id">
            <TextField label={t('field.tax_id')} optional autoComplete="off" hint={t('field.tax_id_hint')} error={say(errors.tax_id)} {...form.register('tax_id')} />
          </FieldOf>
          <FieldOf field="email">
            <TextField label={t('field.email')} optional type="email" autoComplete="off" error={say(errors.email)} {...form.register('email')} />
          </FieldOf>
          <FieldOf field="website">
            <TextField label={t('field.website')} optional autoComplete="off" error={say(errors.website)} {...form.register('website')} />
          </FieldOf>
          <FieldOf field="phone">
            <Controller
              control={form.control}
              name="phone"
              render={({ field }) => (
                <PhoneField label={t('field.phone')} optional countries={reference.data?.countries ?? []} country={me.tenant.country} value={field.value} onChange={field.onChange} error={say(errors.phone)} />
              )}
            />
          </FieldOf>
          <FieldOf field="owner">
            <Controller control={form.control} name="owner_id" render={({ field }) => <OwnerField value={field.value} onChange={field.onChange} />} />
          </FieldOf>
          <FieldOf field="parent">
            <Controller
              control={form.control}
              name="parent_id"
              render={({ field }) => <ParentField value={field.value} onChange={field.onChange} company={company?.id} error={say(errors.parent_id as FieldError | undefined)} />}
            />
          </FieldOf>
        </div>
        {!company && <LikelyNotice typed={{ name: typed, tax_id, email, phone, website }} ask={likelyCompanies} />}
        {company && errors.tax_id && <LikelyNotice typed={{ tax_id }} ask={likelyCompanies} />}
        <FieldOf field="tags">
          <Controller control={form.control} name="tags" render={({ field }) => <TagsField label={t('field.tags')} optional value={field.value} onChange={field.onChange} />} />
        </FieldOf>
        <AddressFields form={form} errors={errors} />
        <FieldOf field="about">
          <TextArea label={t('field.about')} optional error={say(errors.about)} {...form.register('about')} />
        </FieldOf>
        <Controller
          control={form.control}
          name="custom"
          render={({ field }) => <CustomInputs object="company" value={field.value} onChange={field.onChange} errors={errors.custom} names={company?.custom_names} />}
        />
      </FieldsOf>
    </FormDialog>
  )
}
