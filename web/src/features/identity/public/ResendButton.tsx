/** Asks for the confirmation mail once more. */
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { toast, toastError } from '@/ui/Toast'
import { resendConfirmation } from '../api'

export function ResendButton({ email }: { email: string }) {
  const { t } = useTranslation('identity')
  const resend = useMutation({
    mutationFn: () => resendConfirmation(email),
    onSuccess: () => toast({ text: t('sign_up.resent') }),
    onError: toastError,
  })
  return (
    <Button busy={resend.isPending} why={resend.isSuccess ? t('sign_up.resent') : undefined} onClick={() => resend.mutate()}>
      {t('sign_up.resend')}
    </Button>
  )
}
