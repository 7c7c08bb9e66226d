/** Sign in with e-mail and password. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate, useRouter } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useFieldMessage } from '@/lib/fieldMessage'
import { isLanguage, setLanguage } from '@/lib/i18n'
import { explain, toProblem } from '@/lib/problem'
import { email, required } from '@/lib/schema'
import { queryClient } from '@/api/query'
import { meQuery } from '@/api/me'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { PasswordField, TextField } from '@/ui/TextField'
import { enter, signIn } from '../api'
import { PublicLayout } from './PublicLayout'
import { ResendButton } from './ResendButton'

const schema = z.object({ email, password: required(1024) })
const route = getRouteApi('/_public/sign-in')

export function SignIn() {
  const { t } = useTranslation('identity')
  const say = useFieldMessage()
  const { next } = route.useSearch()
  const navigate = useNavigate()
  const router = useRouter()
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: '', password: '' } })
  const send = useMutation({
    mutationFn: async (input: z.infer<typeof schema>) => {
      await signIn(input)
      await enter()
    },
    onSuccess: async () => {
      const language = queryClient.getQueryData(meQuery.queryKey)?.account.language
      if (isLanguage(language)) await setLanguage(language)
      if (next) router.history.push(next)
      else void navigate({ to: '/' })
    },
  })
  const { errors } = form.formState
  return (
    <PublicLayout
      title={t('sign_in.title')}
      foot={
        <>
          {t('sign_in.no_account')} <Link to="/sign-up">{t('sign_in.sign_up')}</Link>
        </>
      }
    >
      <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit((input) => send.mutate(input))}>
        <TextField label={t('field.email')} type="email" autoComplete="username" autoFocus error={say(errors.email)} {...form.register('email')} />
        <PasswordField label={t('field.password')} autoComplete="current-password" error={say(errors.password)} {...form.register('password')} />
        {send.isError && <Notice tone="danger">{explain(send.error)}</Notice>}
        {toProblem(send.error).code === 'email_not_confirmed' && <ResendButton email={form.getValues('email')} />}
        <Button type="submit" kind="primary" size="lg" busy={send.isPending}>
          {t('sign_in.submit')}
        </Button>
        <Link to="/forgot-password" className="self-start text-base text-accent-ink hover:underline">
          {t('sign_in.forgot')}
        </Link>
      </form>
    </PublicLayout>
  )
}
