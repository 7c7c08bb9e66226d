/** One record of a custom object: its values, its timeline, and what points at it. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Box, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLost } from '@/api/query'
import { dateTime } from '@/lib/format'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { BackArrow, Facts, RecordLayout } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { useCustomFacts } from '../custom/CustomValue'
import { DeletedNotice } from '../DeletedNotice'
import { SightButton } from '../sight/SightButton'
import { RecordTimeline } from '../timeline/RecordTimeline'
import { useDelete } from '../useDelete'
import { deleteRecord, objectsQuery, recordQuery, restoreRecord, type OwnObject, type OwnRecord } from './api'
import { PointingHere } from './PointingHere'
import { RecordDialog } from './RecordDialog'

const route = getRouteApi('/_app/records/$id')

export function RecordPage() {
  const { id } = route.useParams()
  const record = useQuery(recordQuery(id))
  const objects = useQuery(objectsQuery)
  if (record.isPending || objects.isPending) return <PageSkeleton />
  if (!record.data || isLost(record)) return <ErrorState isPage error={record.error} onRetry={() => void record.refetch()} />
  if (!objects.data || isLost(objects)) return <ErrorState isPage error={objects.error} onRetry={() => void objects.refetch()} />
  const object = objects.data.items.find((one) => one.id === record.data.object_id)
  // Made by somebody else a moment ago: the list of objects is on its way.
  if (!object) return <PageSkeleton />
  return <Page key={id} object={object} record={record.data} />
}

function Page({ object, record }: { object: OwnObject; record: OwnRecord }) {
  const { t } = useTranslation(['crm', 'objects'])
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const remove = useDelete({ remove: deleteRecord, restore: restoreRecord, after: () => void navigate({ to: '/objects/$id', params: { id: object.id } }) })
  const facts = useCustomFacts(object.id, record)
  const may = (action: string) => record.actions.includes(action)
  return (
    <>
      <RecordLayout
        back={
          <Link to="/objects/$id" params={{ id: object.id }}>
            <BackArrow /> <span dir="auto">{object.plural}</span>
          </Link>
        }
        title={record.name}
        picture={
          <span className="flex size-10 items-center justify-center rounded-md bg-sunken text-soft">
            <Box aria-hidden className="size-5" strokeWidth={1.75} />
          </span>
        }
        about={<span dir="auto">{object.singular}</span>}
        actions={
          <Button icon={<Pencil className="size-4" />} why={may('update') ? undefined : t('not_allowed')} onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        }
        sight={<SightButton record={record.id} />}
        menu={[
          {
            label: t('delete'),
            icon: <Trash2 className="size-4" />,
            danger: true,
            why: may('delete') ? undefined : t('not_allowed'),
            run: () => remove.mutate({ id: record.id, name: record.name }),
          },
        ]}
        notice={<DeletedNotice record={record} restore={restoreRecord} />}
        facts={<Facts items={[...facts, { label: t('field.owner'), value: record.owner?.name }, { label: t('field.created'), value: dateTime(record.created_at) }]} />}
        related={<PointingHere record={record.id} />}
      >
        <RecordTimeline subject={record.id} />
      </RecordLayout>
      {editing && <RecordDialog key={record.version} object={object} record={record} onClose={() => setEditing(false)} />}
    </>
  )
}
