/** What came in, of a form or of a lead, the newest first. */
import { Link } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useList } from '@/api/query'
import { ago, dateTime } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Row, Rows } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { listSubmissions, type Submission } from './api'

export function Submissions({ of }: { of: { form_id: string } }) {
  const { t } = useTranslation('forms')
  const list = useList<Submission>(['form', 'submissions', of], listSubmissions(of))
  if (list.isLoading) return <Skeleton className="h-40" />
  if (list.error && list.rows.length === 0) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.rows.length === 0) {
    return (
      <div className="panel">
        <EmptyState icon={<Inbox />} title={t('nothing_title')}>
          {t('nothing_text')}
        </EmptyState>
      </div>
    )
  }
  return (
    <>
      <Rows>
        {list.rows.map((one) => (
          <Row
            key={one.id}
            title={
              one.lead_id ? (
                <Link to="/leads/$id" params={{ id: one.lead_id }} className="hover:underline">
                  <bdi>{one.lead_name}</bdi>
                </Link>
              ) : (
                t('hidden')
              )
            }
            aside={
              <>
                {one.attachments.length > 0 && <Badge>{t('files_sent', { count: one.attachments.length })}</Badge>}
                {one.consent_number && <Badge>{t('agreed', { number: one.consent_number })}</Badge>}
                <time dateTime={one.created_at} title={dateTime(one.created_at)}>
                  {ago(one.created_at)}
                </time>
              </>
            }
          />
        ))}
      </Rows>
      {list.hasMore && (
        <Button className="mt-3" busy={list.isLoadingMore} onClick={list.loadMore}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
