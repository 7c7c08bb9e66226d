/** Step 2: the person who will own the workspace. */
import { zodResolver } from '@hookform/resolvers/zod'
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useEffect } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { Reference } from '@/api/reference'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { email, optionalText, required, tooLong } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { PhoneField } from '@/ui/PhoneField'
import { TextField } from '@/ui/TextField'
import { NewPassword } from './NewPassword'
import { SHORTEST } from './strength'

const schema = z.object({
  name: required(120),
  email,
  phone: optionalText(40),
  password: z.string().min(SHORTEST, 'field.password_short').max(128, tooLong(128)),
})

export type PersonInput = z.infer<typeof schema>

type Props = {
  reference: Reference
  country: string
  companyName: string
  start: PersonInput | null
  error: unknown
  onBack: () => void
  onNext: (input: PersonInput) => void
}

export function PersonStep({ reference, country, companyName, start, error, onBack, onNext }: Props) {
  const { t } = useTranslation('identity')
  const say = useFieldMessage()
  const form = useForm({ resolver: zodResolver(schema), defaultValues: start ?? { name: '', email: '', phone: '', password: '' } })
  const { errors } = form.formState
  const [name, mail, phone, password] = useWatch({ control: form.control, name: ['name', 'email', 'phone', 'password'] })

  useEffect(() => {
    if (error) showFieldErrors(error, form.setError, Object.keys(schema.shape))
  }, [error, form.setError])

  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit(onNext)}>
      <TextField label={t('field.name')} autoComplete="name" autoFocus error={say(errors.name)} {...form.register('name')} />
      <TextField label={t('field.work_email')} type="email" autoComplete="email" error={say(errors.email)} {...form.register('email')} />
      <PhoneField
        label={t('field.phone')}
        optional
        countries={reference.countries}
        country={country}
        value={phone}
        onChange={(value) => form.setValue('phone', value, { shouldValidate: form.formState.isSubmitted })}
        error={say(errors.phone)}
      />
      <NewPassword label={t('field.password')} typed={password} personal={[name, mail, companyName]} error={say(errors.password)} {...form.register('password')} />
      <div className="flex gap-2">
        <Button size="lg" icon={<ArrowLeft className="size-4" />} onClick={onBack}>
          {t('sign_up.back')}
        </Button>
        <Button type="submit" kind="primary" size="lg" className="flex-1">
          {t('sign_up.next')} <ArrowRight className="size-4" />
        </Button>
      </div>
    </form>
  )
}
