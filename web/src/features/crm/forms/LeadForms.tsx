/** By which forms a lead came, beside it. Nothing where it came by none, or for those who may not see forms. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { useList } from '@/api/query'
import { dateTime } from '@/lib/format'
import { Related } from '@/ui/RecordLayout'
import { Attachments } from './Attachments'
import { listSubmissions, type Submission } from './api'

export function LeadForms({ lead }: { lead: string }) {
  return useCan('form.read') ? <Inner lead={lead} /> : null
}

function Inner({ lead }: { lead: string }) {
  const { t } = useTranslation('forms')
  const list = useList<Submission>(['form', 'submissions', { lead_id: lead }], listSubmissions({ lead_id: lead }))
  if (list.rows.length === 0) return null
  return (
    <Related title={t('came_by')}>
      <ul className="space-y-1 text-base">
        {list.rows.map((one) => (
          <li key={one.id}>
            <Link to="/forms/$id" params={{ id: one.form_id }} className="font-medium hover:underline">
              <bdi>{one.form_name}</bdi>
            </Link>
            <div className="text-sm text-soft">
              {dateTime(one.created_at)}
              {one.consent_number ? ` · ${t('agreed', { number: one.consent_number })}` : ''}
            </div>
            <Attachments files={one.attachments} />
          </li>
        ))}
      </ul>
    </Related>
  )
}
