/** Settings: the workspace's own objects, each with what it is called and its place in the navigation. */
import { useQuery } from '@tanstack/react-query'
import { Boxes, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { PageHeader } from '@/ui/PageHeader'
import { Rows } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { objectsQuery } from './api'
import { ObjectDialog } from './ObjectDialog'
import { ObjectRow } from './ObjectRow'

/** The most a workspace may have. */
const MOST = 50

export function Objects() {
  const { t } = useTranslation(['objects', 'crm'])
  const may = useCan('custom_object.manage')
  const [making, setMaking] = useState(false)
  const objects = useQuery(objectsQuery)
  const all = objects.data?.items ?? []
  const live = all.filter((object) => !object.archived_at)
  const archived = all.filter((object) => object.archived_at)
  const why = !may ? t('crm:not_allowed') : all.length >= MOST ? t('full', { count: MOST }) : undefined
  const create = (
    <Button kind="primary" icon={<Plus className="size-4" />} why={why} onClick={() => setMaking(true)}>
      {t('new')}
    </Button>
  )
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('title')} about={t('about')} actions={create} />
      <div className="px-6 pt-2 pb-8 max-md:px-4">
        {!may && (
          <div className="pb-4">
            <Notice>{t('read_only')}</Notice>
          </div>
        )}
        {objects.isPending && <Skeleton className="h-40" />}
        {objects.isError && <ErrorState error={objects.error} onRetry={() => void objects.refetch()} />}
        {objects.data && all.length === 0 && (
          <EmptyState icon={<Boxes />} title={t('empty_title')} action={create}>
            {t('empty_text')}
          </EmptyState>
        )}
        {all.length > 0 && (
          <Rows>
            {live.map((object, index) => (
              <ObjectRow key={object.id} object={object} at={index} last={index === live.length - 1} />
            ))}
            {archived.map((object) => (
              <ObjectRow key={object.id} object={object} at={0} last />
            ))}
          </Rows>
        )}
      </div>
      {making && <ObjectDialog onClose={() => setMaking(false)} />}
    </div>
  )
}
