/** Invites someone by e-mail with a role; says what the role may do before it is given. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { refresh } from '@/api/query'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { email } from '@/lib/schema'
import { FormDialog } from '@/ui/Dialog'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { invite } from '../api'
import { ROLES } from '../roles'

const schema = z.object({ email, role: z.enum(ROLES) })
const EMPTY = { email: '', role: 'sales' as const }

export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('identity')
  const say = useFieldMessage()
  const [general, setGeneral] = useState<unknown>(null)
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), defaultValues: EMPTY })
  const role = useWatch({ control: form.control, name: 'role' })
  const close = () => {
    form.reset(EMPTY)
    setGeneral(null)
    onClose()
  }
  const send = useMutation({
    mutationFn: invite,
    onSuccess: async (_, input) => {
      close()
      await refresh('invitation')
      toast({ text: t('invite.sent', { email: input.email }) })
    },
    onError: (error) => setGeneral(showFieldErrors(error, form.setError, Object.keys(schema.shape))),
  })
  return (
    <FormDialog
      open={open}
      onClose={close}
      title={t('members.invite')}
      about={t('invite.about')}
      size="sm"
      submit={t('invite.submit')}
      busy={send.isPending}
      error={general}
      onSubmit={form.handleSubmit((input) => send.mutate(input))}
    >
      <TextField label={t('field.work_email')} type="email" autoComplete="off" error={say(form.formState.errors.email)} {...form.register('email')} />
      <Select label={t('members.role')} hint={t(`role_about.${role}`)} options={ROLES.map((value) => ({ value, label: t(`app:role.${value}`) }))} {...form.register('role')} />
    </FormDialog>
  )
}
