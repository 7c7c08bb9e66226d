/** The workspace: name, fiscal id, language, time zone; the country and who is responsible are shown. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { queryClient, refresh } from '@/api/query'
import { referenceQuery } from '@/api/reference'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { nameOf } from '@/lib/format'
import { LANGUAGES, LANGUAGE_NAMES } from '@/lib/i18n'
import { explain } from '@/lib/problem'
import { optionalText, required } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Combobox } from '@/ui/Combobox'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { saveTenant, tenantQuery, type Tenant } from '../api'

const schema = z.object({
  name: required(200),
  tax_id: optionalText(40),
  currency: required(3),
  language: required(2),
  time_zone: required(64),
})

export function Workspace() {
  const { t } = useTranslation('identity')
  const tenant = useQuery(tenantQuery)
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('settings.workspace')} about={t('workspace.about')} />
      {tenant.isPending && <Skeleton className="mx-6 h-72" />}
      {tenant.isError && <ErrorState error={tenant.error} onRetry={() => void tenant.refetch()} />}
      {tenant.data && (
        <>
          <Section title={t('workspace.company')}>
            <TenantForm tenant={tenant.data} />
          </Section>
          <Section title={t('workspace.responsible')}>
            <p className="text-base">
              {tenant.data.controller_entity
                ? t('controller.known', { country: nameOf('region', tenant.data.country), name: tenant.data.controller_entity.name })
                : t('controller.unknown', { country: nameOf('region', tenant.data.country) })}
            </p>
          </Section>
        </>
      )}
    </div>
  )
}

function TenantForm({ tenant }: { tenant: Tenant }) {
  const { t } = useTranslation('identity')
  const say = useFieldMessage()
  const reference = useQuery(referenceQuery)
  const may = tenant.actions.includes('update')
  const values = { name: tenant.name, tax_id: tenant.tax_id ?? '', currency: tenant.currency, language: tenant.language, time_zone: tenant.time_zone }
  const form = useForm({ resolver: zodResolver(schema), values, disabled: !may })
  const { errors, isDirty } = form.formState
  const save = useMutation({
    mutationFn: (input: z.infer<typeof schema>) => {
      // Only what was changed: the shown tax id may be masked.
      const { tax_id, ...rest } = input
      return saveTenant(tenant.version, form.formState.dirtyFields.tax_id ? { ...rest, tax_id: tax_id || null } : rest)
    },
    onSuccess: async (saved) => {
      queryClient.setQueryData(tenantQuery.queryKey, saved)
      await refresh('me', 'tenants')
      toast({ text: t('saved') })
    },
    onError: (error) => showFieldErrors(error, form.setError, Object.keys(schema.shape)),
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit((input) => save.mutate(input))}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={t('company.name')} error={say(errors.name)} {...form.register('name')} />
        <TextField label={t('company.country')} value={nameOf('region', tenant.country)} readOnly disabled hint={t('workspace.country_fixed')} />
        <TextField label={t('company.tax_id_named', { name: tenant.tax_id_name })} optional error={say(errors.tax_id)} {...form.register('tax_id')} />
        <Controller
          control={form.control}
          name="currency"
          render={({ field }) => (
            <Combobox
              label={t('company.currency')}
              value={field.value}
              disabled={!may}
              onChange={(value) => field.onChange(value ?? '')}
              error={say(errors.currency)}
              options={(reference.data?.currencies ?? [field.value]).map((code) => ({ value: code, label: nameOf('currency', code), hint: code }))}
            />
          )}
        />
        <Select label={t('company.language')} options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} error={say(errors.language)} {...form.register('language')} />
        <Controller
          control={form.control}
          name="time_zone"
          render={({ field }) => (
            <Combobox
              label={t('company.time_zone')}
              value={field.value}
              disabled={!may}
              onChange={(value) => field.onChange(value ?? '')}
              error={say(errors.time_zone)}
              options={(reference.data?.time_zones ?? [field.value]).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
            />
          )}
        />
      </div>
      {save.isError && <Notice tone="danger">{explain(save.error)}</Notice>}
      <Button type="submit" kind="primary" className="self-start" busy={save.isPending} why={!may ? t('not_allowed') : isDirty ? undefined : t('nothing_changed')}>
        {t('ui:dialog.save')}
      </Button>
    </form>
  )
}
