/** The web forms of the workspace. */
import { Link } from '@tanstack/react-router'
import { ClipboardList, Plus, ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { useList } from '@/api/query'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Row, Rows } from '@/ui/Section'
import { Segmented } from '@/ui/Segmented'
import { Skeleton } from '@/ui/Skeleton'
import { listForms, type WebForm } from './api'
import { FormState } from './FormState'
import { NewForm } from './NewForm'

export function FormList() {
  const { t } = useTranslation(['forms', 'crm'])
  const may = useCan('form.manage')
  const [making, setMaking] = useState(false)
  const [deleted, setDeleted] = useState(false)
  const reviews = useCan('submission.review')
  const list = useList<WebForm>(['form', 'list', { deleted }], listForms(deleted))
  const create = (
    <Button kind="primary" icon={<Plus className="size-4" />} why={may ? undefined : t('crm:not_allowed')} onClick={() => setMaking(true)}>
      {t('new')}
    </Button>
  )
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('app:nav.forms')} about={t('about')} actions={create} />
      <div className="px-6 pt-2 pb-8 max-md:px-4">
        <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Segmented
            label={t('which')}
            value={deleted ? 'deleted' : 'there'}
            onChange={(next) => setDeleted(next === 'deleted')}
            options={[
              { value: 'there', label: t('there') },
              { value: 'deleted', label: t('deleted') },
            ]}
          />
          {reviews && (
            <Link to="/forms/quarantine" className="flex items-center gap-1.5 text-base text-accent-ink hover:underline sm:ml-auto">
              <ShieldAlert aria-hidden className="size-4" /> {t('held.title')}
            </Link>
          )}
        </div>
        {list.isLoading && <Skeleton className="h-40" />}
        {!!list.error && list.rows.length === 0 && <ErrorState error={list.error} onRetry={list.retry} />}
        {!list.isLoading && !list.error && list.rows.length === 0 && deleted && (
          <div className="panel">
            <EmptyState icon={<ClipboardList />} title={t('none_deleted')}>
              {t('none_deleted_text')}
            </EmptyState>
          </div>
        )}
        {!list.isLoading && !list.error && list.rows.length === 0 && !deleted && (
          <div className="panel">
            <EmptyState icon={<ClipboardList />} title={t('empty_title')} action={create}>
              {t('empty_text')}
            </EmptyState>
          </div>
        )}
        {list.rows.length > 0 && (
          <Rows>
            {list.rows.map((form) => (
              <Row
                key={form.id}
                picture={<ClipboardList aria-hidden className="size-5 shrink-0 text-faint" />}
                title={
                  <Link to="/forms/$id" params={{ id: form.id }} className="hover:underline">
                    <bdi>{form.name}</bdi>
                  </Link>
                }
                about={form.path}
                aside={
                  <>
                    <span>{t('sent', { count: form.submissions })}</span>
                    {form.held > 0 && <Badge tone="warn">{t('held.count', { count: form.held })}</Badge>}
                    <FormState form={form} />
                  </>
                }
              />
            ))}
          </Rows>
        )}
        {list.hasMore && (
          <Button className="mt-3" busy={list.isLoadingMore} onClick={list.loadMore}>
            {t('more')}
          </Button>
        )}
      </div>
      {making && <NewForm onClose={() => setMaking(false)} />}
    </div>
  )
}
