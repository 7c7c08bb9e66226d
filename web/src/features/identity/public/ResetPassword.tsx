/** Sets a new password with the token of a mail. All other sessions end with it. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { explain } from '@/lib/problem'
import { tooLong } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { toast } from '@/ui/Toast'
import { resetPassword } from '../api'
import { NewPassword } from './NewPassword'
import { PublicLayout } from './PublicLayout'
import { SHORTEST } from './strength'

const schema = z.object({ password: z.string().min(SHORTEST, 'field.password_short').max(128, tooLong(128)) })
const route = getRouteApi('/_public/reset-password')

export function ResetPassword() {
  const { t } = useTranslation('identity')
  const say = useFieldMessage()
  const { token } = route.useSearch()
  const navigate = useNavigate()
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { password: '' } })
  const password = useWatch({ control: form.control, name: 'password' })
  const save = useMutation({
    mutationFn: resetPassword,
    onSuccess: () => {
      toast({ text: t('reset.done') })
      void navigate({ to: '/sign-in' })
    },
    onError: (error) => showFieldErrors(error, form.setError, ['password']),
  })
  return (
    <PublicLayout title={t('reset.title')} about={t('reset.about')} foot={<Link to="/forgot-password">{t('reset.again')}</Link>}>
      <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit((input) => token && save.mutate({ token, ...input }))}>
        {!token && <Notice tone="warn">{t('link_incomplete')}</Notice>}
        <NewPassword label={t('field.new_password')} typed={password} personal={[]} autoFocus error={say(form.formState.errors.password)} {...form.register('password')} />
        {save.isError && !form.formState.errors.password && <Notice tone="danger">{explain(save.error)}</Notice>}
        <Button type="submit" kind="primary" size="lg" busy={save.isPending} disabled={!token}>
          {t('reset.submit')}
        </Button>
      </form>
    </PublicLayout>
  )
}
