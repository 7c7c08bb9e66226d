/** Asks for a mail with a link. The answer is the same whether or not the address is known. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useFieldMessage } from '@/lib/fieldMessage'
import { explain } from '@/lib/problem'
import { email } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { TextField } from '@/ui/TextField'
import { askReset } from '../api'
import { PublicLayout } from './PublicLayout'

const schema = z.object({ email })

export function ForgotPassword() {
  const { t } = useTranslation('identity')
  const say = useFieldMessage()
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: '' } })
  const ask = useMutation({ mutationFn: askReset })
  return (
    <PublicLayout title={t('forgot.title')} about={t('forgot.about')} foot={<Link to="/sign-in">{t('forgot.back')}</Link>}>
      {ask.isSuccess ? (
        <Notice tone="good">{t('forgot.sent', { email: form.getValues('email') })}</Notice>
      ) : (
        <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit((input) => ask.mutate(input.email))}>
          <TextField label={t('field.email')} type="email" autoComplete="username" autoFocus error={say(form.formState.errors.email)} {...form.register('email')} />
          {ask.isError && <Notice tone="danger">{explain(ask.error)}</Notice>}
          <Button type="submit" kind="primary" size="lg" busy={ask.isPending}>
            {t('forgot.submit')}
          </Button>
        </form>
      )}
    </PublicLayout>
  )
}
