/** One import: while a draft, how the file is read and what goes where; then progress; then the result. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isLost } from '@/api/query'
import { bytes } from '@/lib/format'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { BackArrow } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { importQuery, isBusy } from './api'
import { Draft } from './Draft'
import { ImportStatus } from './ImportStatus'
import { useNounName } from './nouns'
import { Progress } from './Progress'
import { Result } from './Result'

const route = getRouteApi('/_app/imports/$id')

export function ImportPage() {
  const { t } = useTranslation('crm')
  const { id } = route.useParams()
  const one = useQuery(importQuery(id))
  const nameOf = useNounName()
  if (one.isPending) return <PageSkeleton />
  if (!one.data || isLost(one)) return <ErrorState isPage error={one.error} onRetry={() => void one.refetch()} />
  const { state } = one.data
  const isEditable = one.data.actions.includes('update')
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <PageHeader
        above={
          <Link to="/imports" className="-ml-1 mb-1 inline-flex items-center gap-0.5 rounded-sm text-sm text-soft hover:text-ink">
            <BackArrow /> {t('app:nav.imports')}
          </Link>
        }
        title={one.data.file_name}
        about={[nameOf(one.data.noun), bytes(one.data.size)].join(' · ')}
        actions={<ImportStatus state={state} />}
      />
      <div className="max-w-6xl px-6 pb-10 max-md:px-4">
        {isEditable && <Draft key={one.data.version} one={one.data} />}
        {isBusy(state) && <Progress one={one.data} />}
        {!isEditable && !isBusy(state) && <Result one={one.data} />}
      </div>
    </div>
  )
}
