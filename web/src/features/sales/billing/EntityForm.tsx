/** The issuer as documents show it. Documents already sent or issued keep the issuer they were made with. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { refresh } from '@/api/query'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { nameOf } from '@/lib/format'
import { explain, toProblem } from '@/lib/problem'
import { optionalEmail, optionalText, required } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Notice } from '@/ui/Notice'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { saveEntity, type Entity } from './api'

const schema = z.object({
  legal_name: required(200),
  tax_id: optionalText(40),
  tax_id_confirmed: z.boolean(),
  street: optionalText(200),
  city: optionalText(100),
  region: optionalText(100),
  postal_code: optionalText(20),
  email: optionalEmail,
  phone: optionalText(40),
})
type Form = z.infer<typeof schema>

const formOf = (entity: Entity): Form => ({
  legal_name: entity.legal_name,
  tax_id: entity.tax_id ?? '',
  tax_id_confirmed: false,
  street: entity.street ?? '',
  city: entity.city ?? '',
  region: entity.region ?? '',
  postal_code: entity.postal_code ?? '',
  email: entity.email ?? '',
  phone: entity.phone ?? '',
})

export function EntityForm({ entity }: { entity: Entity }) {
  const { t } = useTranslation('sales')
  const say = useFieldMessage()
  const may = entity.actions.includes('update')
  const form = useForm<Form>({ resolver: zodResolver(schema), values: formOf(entity), resetOptions: { keepDirtyValues: true }, disabled: !may })
  const { errors, isDirty } = form.formState
  const [general, setGeneral] = useState<unknown>(null)
  const save = useMutation({
    mutationFn: ({ tax_id_confirmed, ...input }: Form) => {
      const nulled = Object.fromEntries(Object.entries(input).map(([key, value]) => [key, value.trim() || null])) as Omit<Form, 'tax_id_confirmed'>
      return saveEntity(entity, { ...nulled, legal_name: input.legal_name.trim(), ...(tax_id_confirmed ? { tax_id_confirmed } : {}) })
    },
    onMutate: () => setGeneral(null),
    onSuccess: async (saved) => {
      form.reset(formOf(saved))
      await refresh('fiscal_entity', 'tax_preset')
      toast({ text: t('billing.saved') })
    },
    onError: (error) => setGeneral(showFieldErrors(error, form.setError, Object.keys(schema.shape))),
  })
  const digit = toProblem(save.error).fields.some((field) => field.code === 'tax_id_check_digit')
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit((input) => save.mutate(input))}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField className="sm:col-span-2" label={t('billing.legal_name')} autoComplete="organization" error={say(errors.legal_name)} {...form.register('legal_name')} />
        <TextField label={entity.tax_id_label || t('billing.tax_id')} optional autoComplete="off" error={say(errors.tax_id)} {...form.register('tax_id')} />
        <TextField label={t('billing.country')} value={nameOf('region', entity.country)} readOnly disabled hint={t('billing.country_fixed')} />
        {digit && (
          <div className="sm:col-span-2">
            <Controller
              control={form.control}
              name="tax_id_confirmed"
              render={({ field }) => <Checkbox checked={field.value} onChange={field.onChange} label={t('billing.tax_id_confirmed')} hint={t('billing.tax_id_confirmed_hint')} />}
            />
          </div>
        )}
        <TextField className="sm:col-span-2" label={t('billing.street')} optional autoComplete="street-address" error={say(errors.street)} {...form.register('street')} />
        <TextField label={t('billing.postal_code')} optional autoComplete="postal-code" error={say(errors.postal_code)} {...form.register('postal_code')} />
        <TextField label={t('billing.city')} optional autoComplete="address-level2" error={say(errors.city)} {...form.register('city')} />
        <TextField label={t('billing.region')} optional autoComplete="address-level1" error={say(errors.region)} {...form.register('region')} />
        <TextField label={t('billing.email')} optional type="email" autoComplete="email" error={say(errors.email)} {...form.register('email')} />
        <TextField label={t('billing.phone')} optional type="tel" autoComplete="tel" error={say(errors.phone)} {...form.register('phone')} />
      </div>
      <p className="text-sm text-faint">{t(`billing.norm.${entity.norm}`)}</p>
      {!!general && <Notice tone="danger">{explain(general)}</Notice>}
      <Button type="submit" kind="primary" className="self-start" busy={save.isPending} why={!may ? t('not_allowed') : isDirty ? undefined : t('nothing_changed')}>
        {t('ui:dialog.save')}
      </Button>
    </form>
  )
}
