/** What the guards of all forms hold back. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { Notice } from '@/ui/Notice'
import { PageHeader } from '@/ui/PageHeader'
import { BackArrow } from '@/ui/RecordLayout'
import { Quarantine } from './Quarantine'

export function QuarantinePage() {
  const { t } = useTranslation(['forms', 'crm'])
  const may = useCan('submission.review')
  return (
    <div className="max-w-3xl">
      <PageHeader
        above={
          <Link to="/forms" className="flex items-center gap-1 text-sm text-soft hover:text-ink">
            <BackArrow /> {t('app:nav.forms')}
          </Link>
        }
        title={t('held.title')}
        about={t('held.about')}
      />
      <div className="px-6 pt-2 pb-8 max-md:px-4">{may ? <Quarantine of={{}} /> : <Notice>{t('crm:not_allowed')}</Notice>}</div>
    </div>
  )
}
