/** Settings: the workspace's own fields on companies, contacts, deals, leads and its own objects. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { PageHeader } from '@/ui/PageHeader'
import { Skeleton } from '@/ui/Skeleton'
import { useObjects } from '../objects/api'
import { customFieldsQuery, OBJECTS } from './api'
import { ObjectFields } from './ObjectFields'

export function CustomFields() {
  const { t } = useTranslation('crm')
  const may = useCan('custom_field.manage')
  // While values are being rewritten, how far that is.
  const fields = useQuery({ ...customFieldsQuery, refetchInterval: (query) => (query.state.data?.items.some((field) => field.work) ? 1_000 : false) })
  const objects = useObjects()
  const sections = [
    ...OBJECTS.map((object) => ({ object: object as string, title: t(`custom.of.${object}`), newTitle: t(`custom.new_of.${object}`) })),
    ...objects.map((object) => ({ object: object.id, title: t('custom.of_own', { name: object.plural }), newTitle: t('custom.new_of_own', { name: object.plural }) })),
  ]
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('custom.title')} about={t('custom.about')} />
      <div className="pt-2">
        {!may && (
          <div className="px-6 pb-4 max-md:px-4">
            <Notice>{t('custom.read_only')}</Notice>
          </div>
        )}
        {fields.isPending && <Skeleton className="mx-6 h-64" />}
        {fields.isError && <ErrorState error={fields.error} onRetry={() => void fields.refetch()} />}
        {fields.data &&
          sections.map((section) => <ObjectFields key={section.object} {...section} fields={fields.data.items.filter((field) => field.object === section.object)} may={may} />)}
      </div>
    </div>
  )
}
