/** Changes the password of the signed-in person; the other sessions end. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '@/api/me'
import { refresh } from '@/api/query'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { explain } from '@/lib/problem'
import { required, tooLong } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { PasswordField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { changePassword } from '../api'
import { NewPassword } from '../public/NewPassword'
import { SHORTEST } from '../public/strength'

const schema = z.object({
  current_password: required(1024),
  new_password: z.string().min(SHORTEST, 'field.password_short').max(128, tooLong(128)),
})
const EMPTY = { current_password: '', new_password: '' }

export function PasswordForm() {
  const { t } = useTranslation('identity')
  const say = useFieldMessage()
  const { account, tenant } = useMe()
  const form = useForm({ resolver: zodResolver(schema), defaultValues: EMPTY })
  const { errors } = form.formState
  const typed = useWatch({ control: form.control, name: 'new_password' })
  const save = useMutation({
    mutationFn: changePassword,
    onSuccess: async () => {
      form.reset(EMPTY)
      await refresh('session')
      toast({ text: t('password.changed') })
    },
    onError: (error) => showFieldErrors(error, form.setError, Object.keys(schema.shape)),
  })
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit((input) => save.mutate(input))}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <PasswordField label={t('field.current_password')} autoComplete="current-password" error={say(errors.current_password)} {...form.register('current_password')} />
        <NewPassword label={t('field.new_password')} typed={typed} personal={[account.name, account.email, tenant.name]} error={say(errors.new_password)} {...form.register('new_password')} />
      </div>
      {save.isError && !errors.current_password && !errors.new_password && <Notice tone="danger">{explain(save.error)}</Notice>}
      <Button type="submit" className="self-start" busy={save.isPending}>
        {t('password.change')}
      </Button>
    </form>
  )
}
