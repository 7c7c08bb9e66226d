/** The person: picture, name, phone, language, looks, password. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '@/api/me'
import { referenceQuery } from '@/api/reference'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { LANGUAGES, LANGUAGE_NAMES, isLanguage, setLanguage } from '@/lib/i18n'
import { DENSITIES, THEMES, setDensity, setTheme, useDensity, useTheme } from '@/lib/look'
import { explain } from '@/lib/problem'
import { optionalText, required } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { PageHeader } from '@/ui/PageHeader'
import { PhoneField } from '@/ui/PhoneField'
import { Section } from '@/ui/Section'
import { Segmented } from '@/ui/Segmented'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { refreshMe, saveMe } from '../api'
import { PasswordForm } from './PasswordForm'
import { Picture } from './Picture'

export function Profile() {
  const { t } = useTranslation('identity')
  const theme = useTheme()
  const density = useDensity()
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('settings.profile')} />
      <Section title={t('profile.person')} about={t('profile.person_about')}>
        <Picture />
        <PersonForm />
      </Section>
      <Section title={t('profile.looks')} about={t('profile.looks_about')}>
        <div className="flex flex-wrap gap-x-8 gap-y-4">
          <div>
            <p className="mb-1 text-sm font-medium text-soft">{t('app:account.theme')}</p>
            <Segmented label={t('app:account.theme')} value={theme} onChange={setTheme} options={THEMES.map((value) => ({ value, label: t(`app:theme.${value}`) }))} />
          </div>
          <div>
            <p className="mb-1 text-sm font-medium text-soft">{t('app:account.density')}</p>
            <Segmented label={t('app:account.density')} value={density} onChange={setDensity} options={DENSITIES.map((value) => ({ value, label: t(`app:density.${value}`) }))} />
          </div>
        </div>
      </Section>
      <Section title={t('profile.password')} about={t('profile.password_about')}>
        <PasswordForm />
      </Section>
    </div>
  )
}

const schema = z.object({ name: required(120), phone: optionalText(40), language: required(2) })

function PersonForm() {
  const { t } = useTranslation('identity')
  const say = useFieldMessage()
  const { account, tenant } = useMe()
  const reference = useQuery(referenceQuery)
  const values = { name: account.name, phone: account.phone ?? '', language: account.language }
  const form = useForm({ resolver: zodResolver(schema), values, resetOptions: { keepDirtyValues: true } })
  const { errors, isDirty } = form.formState
  const phone = useWatch({ control: form.control, name: 'phone' })
  const save = useMutation({
    mutationFn: (input: z.infer<typeof schema>) => saveMe(account.version, { ...input, phone: input.phone || null }),
    onSuccess: async (_, input) => {
      if (input.language !== account.language && isLanguage(input.language)) await setLanguage(input.language)
      form.reset(input)
      await refreshMe()
      toast({ text: t('saved') })
    },
    onError: (error) => showFieldErrors(error, form.setError, Object.keys(schema.shape)),
  })
  return (
    <form noValidate className="mt-5 flex flex-col gap-4" onSubmit={form.handleSubmit((input) => save.mutate(input))}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={t('field.name')} autoComplete="name" error={say(errors.name)} {...form.register('name')} />
        <TextField label={t('field.email')} value={account.email} readOnly disabled hint={t('profile.email_fixed')} />
        <PhoneField
          label={t('field.phone')}
          optional
          countries={reference.data?.countries ?? []}
          country={tenant.country}
          value={phone}
          onChange={(value) => form.setValue('phone', value, { shouldDirty: true })}
          error={say(errors.phone)}
        />
        <Select label={t('app:account.language')} error={say(errors.language)} options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} {...form.register('language')} />
      </div>
      {save.isError && <Notice tone="danger">{explain(save.error)}</Notice>}
      <Button type="submit" kind="primary" className="self-start" busy={save.isPending} why={isDirty ? undefined : t('nothing_changed')}>
        {t('ui:dialog.save')}
      </Button>
    </form>
  )
}
