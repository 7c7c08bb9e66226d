/** The page behind the link in the confirmation mail. Asks for one press, so that mail scanners confirm nothing. */
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { explain } from '@/lib/problem'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { confirmEmail, enter } from '../api'
import { PublicLayout } from './PublicLayout'

const route = getRouteApi('/_public/confirm-email')

export function ConfirmEmail() {
  const { t } = useTranslation('identity')
  const { token } = route.useSearch()
  const navigate = useNavigate()
  const confirm = useMutation({
    mutationFn: async (given: string) => {
      await confirmEmail(given)
      await enter()
    },
    onSuccess: () => navigate({ to: '/' }),
  })
  return (
    <PublicLayout title={t('confirm.title')} about={t('confirm.about')} foot={<Link to="/sign-in">{t('sign_in.submit')}</Link>}>
      <div className="flex flex-col gap-4">
        {!token && <Notice tone="warn">{t('link_incomplete')}</Notice>}
        {confirm.isError && <Notice tone="danger">{explain(confirm.error)}</Notice>}
        <Button kind="primary" size="lg" busy={confirm.isPending} disabled={!token} onClick={() => token && confirm.mutate(token)}>
          {t('confirm.submit')}
        </Button>
      </div>
    </PublicLayout>
  )
}
