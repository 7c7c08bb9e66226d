/** How the company's mails are signed: the name customers see, where answers go, the words below. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useCan } from '@/api/me'
import { queryClient } from '@/api/query'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { explain } from '@/lib/problem'
import { email, optionalText, required } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { TextArea, TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { saveSending, sendingQuery, type SendingIdentity } from './api'

const schema = z.object({ from_name: required(100), reply_to: email, signature: optionalText(2000) })
type Form = z.infer<typeof schema>

const formOf = (sending: SendingIdentity): Form => ({ from_name: sending.from_name, reply_to: sending.reply_to, signature: sending.signature ?? '' })

export function SendingForm({ sending }: { sending: SendingIdentity }) {
  const { t } = useTranslation('sales')
  const say = useFieldMessage()
  const may = useCan('mail.manage')
  const form = useForm<Form>({ resolver: zodResolver(schema), values: formOf(sending), resetOptions: { keepDirtyValues: true }, disabled: !may })
  const { errors, isDirty } = form.formState
  const [general, setGeneral] = useState<unknown>(null)
  const save = useMutation({
    mutationFn: (input: Form) => saveSending({ from_name: input.from_name.trim(), reply_to: input.reply_to, signature: input.signature.trim() || null }),
    onMutate: () => setGeneral(null),
    onSuccess: (saved) => {
      queryClient.setQueryData(sendingQuery.queryKey, saved)
      form.reset(formOf(saved))
      toast({ text: t('billing.saved') })
    },
    onError: (error) => setGeneral(showFieldErrors(error, form.setError, Object.keys(schema.shape))),
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit((input) => save.mutate(input))}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={t('sending.from_name')} hint={t('sending.from_name_hint')} autoComplete="organization" error={say(errors.from_name)} {...form.register('from_name')} />
        <TextField label={t('sending.reply_to')} hint={t('sending.reply_to_hint')} type="email" autoComplete="email" error={say(errors.reply_to)} {...form.register('reply_to')} />
      </div>
      <TextArea label={t('sending.signature')} optional rows={3} error={say(errors.signature)} {...form.register('signature')} />
      {!!general && <Notice tone="danger">{explain(general)}</Notice>}
      <Button type="submit" kind="primary" className="self-start" busy={save.isPending} why={!may ? t('not_allowed') : isDirty ? undefined : t('nothing_changed')}>
        {t('ui:dialog.save')}
      </Button>
    </form>
  )
}
