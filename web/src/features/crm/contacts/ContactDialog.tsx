/** Makes a contact, or changes one. A company typed but not found can be made on the way. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '@/api/me'
import { queryClient } from '@/api/query'
import { referenceQuery } from '@/api/reference'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { LANGUAGES, LANGUAGE_NAMES } from '@/lib/i18n'
import { optionalEmail, optionalText, required } from '@/lib/schema'
import { FormDialog } from '@/ui/Dialog'
import { PhoneField } from '@/ui/PhoneField'
import { Select } from '@/ui/Select'
import { TagsField } from '@/ui/TagsField'
import { TextArea, TextField } from '@/ui/TextField'
import { addressForm, addressInput, orNull } from '../address'
import { AddressFields, addressShape } from '../AddressFields'
import { contactQuery, createContact, refreshCrm, saveContact, type Contact, type Ref } from '../api'
import { CompanyField } from '../CompanyField'
import { likelyContacts } from '../duplicates/api'
import { LikelyNotice } from '../duplicates/LikelyNotice'
import { OwnerField } from '../OwnerField'
import { CustomInputs, useCustomPaths } from '../custom/CustomInputs'
import { changedValues } from '../custom/values'
import { FieldOf, FieldsOf } from '../rights/FieldsOf'
import { useOpen } from '../rights/rights'

const schema = z.object({
  custom: z.record(z.string(), z.unknown()),
  given_name: required(120),
  family_name: optionalText(120),
  job_title: optionalText(120),
  email: optionalEmail,
  phone: optionalText(40),
  linkedin_url: optionalText(500),
  language: z.enum(['', ...LANGUAGES]),
  company: z.object({ id: z.string(), name: z.string() }).nullable(),
  owner_id: z.string().nullable(),
  tags: z.array(z.string()),
  about: optionalText(2000),
  ...addressShape,
})
type Form = z.infer<typeof schema>

type Props = { open: boolean; onClose: () => void; contact?: Contact; company?: Ref | null; onSaved?: (contact: Contact) => void }

export function ContactDialog(props: Props) {
  return props.open ? <Inner key={props.contact?.version ?? 0} {...props} /> : null
}

function Inner({ onClose, contact, company, onSaved }: Props) {
  const { t } = useTranslation('crm')
  const say = useFieldMessage()
  const open = useOpen('contact', !contact)
  const me = useMe()
  const reference = useQuery(referenceQuery)
  const [general, setGeneral] = useState<unknown>(null)
  const form = useForm<Form>({
    resolver: zodResolver(schema),
    defaultValues: {
      custom: contact?.custom ?? {},
      given_name: contact?.given_name ?? '',
      family_name: contact?.family_name ?? '',
      job_title: contact?.job_title ?? '',
      email: contact?.email ?? '',
      phone: contact?.phone ?? '',
      linkedin_url: contact?.linkedin_url ?? '',
      language: contact?.language ?? '',
      company: contact ? contact.company : (company ?? null),
      owner_id: contact ? (contact.owner?.id ?? null) : me.member.id,
      tags: contact?.tags ?? [],
      about: contact?.about ?? '',
      ...addressForm(contact),
    },
  })
  const { errors } = form.formState
  const [given_name, family_name, email, phone, linkedin_url] = useWatch({ control: form.control, name: ['given_name', 'family_name', 'email', 'phone', 'linkedin_url'] })
  const customPaths = useCustomPaths('contact')
  const save = useMutation({
    mutationFn: ({ company: chosen, ...input }: Form) => {
      const body = {
        custom: changedValues(contact?.custom ?? {}, input.custom),
        given_name: orNull(input.given_name),
        family_name: orNull(input.family_name),
        job_title: orNull(input.job_title),
        email: orNull(input.email),
        phone: orNull(input.phone),
        linkedin_url: orNull(input.linkedin_url),
        language: input.language || null,
        company_id: chosen?.id ?? null,
        owner_id: input.owner_id,
        tags: input.tags,
        about: orNull(input.about),
        ...addressInput(input),
      }
      return contact ? saveContact(contact, open(body)) : createContact(open(body))
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(contactQuery(saved.id).queryKey, saved)
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
      title={contact ? t('contact.edit') : t('contact.new')}
      submit={contact ? t('ui:dialog.save') : t('contact.create')}
      busy={save.isPending}
      error={general}
      onSubmit={form.handleSubmit((input) => save.mutate(input))}
    >
      <FieldsOf object="contact" isNew={!contact}>
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldOf field="name">
            <TextField label={t('field.given_name')} autoFocus autoComplete="off" error={say(errors.given_name)} {...form.register('given_name')} />
          </FieldOf>
          <FieldOf field="name">
            <TextField label={t('field.family_name')} autoComplete="off" error={say(errors.family_name)} {...form.register('family_name')} />
          </FieldOf>
          <FieldOf field="email">
            <TextField label={t('field.email')} type="email" autoComplete="off" error={say(errors.email)} {...form.register('email')} />
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
          <FieldOf field="company">
            <Controller control={form.control} name="company" render={({ field }) => <CompanyField value={field.value} onChange={field.onChange} />} />
          </FieldOf>
          <FieldOf field="job_title">
            <TextField label={t('field.job_title')} optional autoComplete="off" error={say(errors.job_title)} {...form.register('job_title')} />
          </FieldOf>
          <FieldOf field="linkedin_url">
            <TextField label={t('field.linkedin_url')} optional autoComplete="off" hint="linkedin.com/in/…" error={say(errors.linkedin_url)} {...form.register('linkedin_url')} />
          </FieldOf>
          <FieldOf field="language">
            <Select label={t('field.language')} optional placeholder={t('field.language_default')} options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} {...form.register('language')} />
          </FieldOf>
          <FieldOf field="owner">
            <Controller control={form.control} name="owner_id" render={({ field }) => <OwnerField value={field.value} onChange={field.onChange} />} />
          </FieldOf>
        </div>
        {!contact && <LikelyNotice typed={{ given_name, family_name, email, phone, linkedin_url }} ask={likelyContacts} />}
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
          render={({ field }) => <CustomInputs object="contact" value={field.value} onChange={field.onChange} errors={errors.custom} names={contact?.custom_names} />}
        />
      </FieldsOf>
    </FormDialog>
  )
}
