/** Joins a workspace by invitation: new people choose a name and a password, known ones only agree. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Controller, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { meQuery } from '@/api/me'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { explain } from '@/lib/problem'
import { required, tooLong } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Notice } from '@/ui/Notice'
import { Skeleton } from '@/ui/Skeleton'
import { PasswordField, TextField } from '@/ui/TextField'
import { acceptInvitation, enter, lookupInvitation, type InvitationOffer } from '../api'
import { NewPassword } from './NewPassword'
import { PublicLayout } from './PublicLayout'
import { SHORTEST } from './strength'

const route = getRouteApi('/_public/accept-invitation')

export function AcceptInvitation() {
  const { t } = useTranslation('identity')
  const { token } = route.useSearch()
  const found = useQuery({
    queryKey: ['invitation', 'token', token],
    queryFn: () => lookupInvitation(token ?? ''),
    enabled: !!token,
    retry: false,
  })
  const about = found.data
    ? t('invitation.about', { name: found.data.invited_by, tenant: found.data.tenant_name, role: t(`app:role.${found.data.role}`) })
    : undefined
  return (
    <PublicLayout title={t('invitation.title')} about={about} foot={<Link to="/sign-in">{t('sign_in.submit')}</Link>}>
      {!token && <Notice tone="warn">{t('link_incomplete')}</Notice>}
      {found.isLoading && <Skeleton className="h-40" />}
      {found.isError && <Notice tone="danger">{explain(found.error)}</Notice>}
      {token && found.data && <Join token={token} invitation={found.data} />}
    </PublicLayout>
  )
}

const newPerson = z.object({
  name: required(120),
  password: z.string().min(SHORTEST, 'field.password_short').max(128, tooLong(128)),
  is_16_or_older: z.boolean().refine((confirmed) => confirmed, 'consent.needed'),
})

function Join({ token, invitation }: { token: string; invitation: InvitationOffer }) {
  const { t } = useTranslation('identity')
  const say = useFieldMessage()
  const navigate = useNavigate()
  const form = useForm({ resolver: zodResolver(newPerson), defaultValues: { name: '', password: '', is_16_or_older: false } })
  const { errors } = form.formState
  const [name, password] = useWatch({ control: form.control, name: ['name', 'password'] })
  // Who is already signed in as the invited person need not prove it again.
  const me = useQuery({ ...meQuery, enabled: invitation.has_account })
  const isSelf = me.data?.account.email.toLowerCase() === invitation.email.toLowerCase()
  const join = useMutation({
    mutationFn: acceptInvitation,
    onSuccess: async () => {
      await enter()
      await navigate({ to: '/' })
    },
    onError: (error) => showFieldErrors(error, form.setError, ['name', 'password']),
  })
  const problem = join.isError && !errors.name && !errors.password && <Notice tone="danger">{explain(join.error)}</Notice>
  if (invitation.has_account) {
    return (
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          join.mutate(isSelf ? { token } : { token, password })
        }}
      >
        <p className="text-base text-soft">{t('invitation.known', { email: invitation.email })}</p>
        {!isSelf && <PasswordField label={t('field.password')} autoComplete="current-password" error={say(errors.password)} {...form.register('password')} />}
        {problem}
        <Button type="submit" kind="primary" size="lg" busy={join.isPending} disabled={me.isPending || (!isSelf && !password)}>
          {t('invitation.join', { tenant: invitation.tenant_name })}
        </Button>
      </form>
    )
  }
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit((input) => join.mutate({ token, ...input }))}>
      <TextField label={t('field.email')} value={invitation.email} readOnly disabled />
      <TextField label={t('field.name')} autoComplete="name" autoFocus error={say(errors.name)} {...form.register('name')} />
      <NewPassword label={t('field.password')} typed={password} personal={[name, invitation.email]} error={say(errors.password)} {...form.register('password')} />
      <Controller
        control={form.control}
        name="is_16_or_older"
        render={({ field }) => (
          <Checkbox checked={field.value} onChange={field.onChange} label={t('consent.age')} error={errors.is_16_or_older && t('consent.needed')} />
        )}
      />
      {problem}
      <Button type="submit" kind="primary" size="lg" busy={join.isPending}>
        {t('invitation.join', { tenant: invitation.tenant_name })}
      </Button>
    </form>
  )
}
