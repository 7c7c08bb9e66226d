/** How and until when invoices are to be paid, and how long quotes hold. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { refresh } from '@/api/query'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { explain } from '@/lib/problem'
import { optionalText } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { TextArea, TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { saveEntity, type Entity } from './api'

const days = z.string().trim().regex(/^\d{1,3}$/, 'field.not_a_number')
const schema = z.object({ payment_instructions: optionalText(2000), payment_days: days, quote_days: days })
type Form = z.infer<typeof schema>

export function PaymentForm({ entity }: { entity: Entity }) {
  const { t } = useTranslation('sales')
  const say = useFieldMessage()
  const may = entity.actions.includes('update')
  const values: Form = { payment_instructions: entity.payment_instructions ?? '', payment_days: String(entity.payment_days), quote_days: String(entity.quote_days) }
  const form = useForm<Form>({ resolver: zodResolver(schema), values, resetOptions: { keepDirtyValues: true }, disabled: !may })
  const { errors, isDirty } = form.formState
  const [general, setGeneral] = useState<unknown>(null)
  const save = useMutation({
    mutationFn: (input: Form) =>
      saveEntity(entity, { payment_instructions: input.payment_instructions.trim() || null, payment_days: Number(input.payment_days), quote_days: Number(input.quote_days) }),
    onMutate: () => setGeneral(null),
    onSuccess: async (saved) => {
      form.reset({ payment_instructions: saved.payment_instructions ?? '', payment_days: String(saved.payment_days), quote_days: String(saved.quote_days) })
      await refresh('fiscal_entity')
      toast({ text: t('billing.saved') })
    },
    onError: (error) => setGeneral(showFieldErrors(error, form.setError, Object.keys(schema.shape))),
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit((input) => save.mutate(input))}>
      <TextArea
        label={t('billing.payment_instructions')}
        optional
        rows={3}
        hint={t('billing.payment_instructions_hint')}
        placeholder={t('billing.payment_instructions_example')}
        error={say(errors.payment_instructions)}
        {...form.register('payment_instructions')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={t('billing.payment_days')} inputMode="numeric" suffix={t('days.word')} error={say(errors.payment_days)} {...form.register('payment_days')} />
        <TextField label={t('billing.quote_days')} inputMode="numeric" suffix={t('days.word')} error={say(errors.quote_days)} {...form.register('quote_days')} />
      </div>
      {!!general && <Notice tone="danger">{explain(general)}</Notice>}
      <Button type="submit" kind="primary" className="self-start" busy={save.isPending} why={!may ? t('not_allowed') : isDirty ? undefined : t('nothing_changed')}>
        {t('ui:dialog.save')}
      </Button>
    </form>
  )
}
