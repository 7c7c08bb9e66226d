/** Why one sees a record: what the role allows, and each way that opens it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'
import { Dialog, DialogBody } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Spinner } from '@/ui/Spinner'

type Way = Schema<'SightWay'>

const sense = (way: Way) => way.sense ?? 'owner'

export function SightDialog({ record, onClose }: { record: string; onClose: () => void }) {
  const { t } = useTranslation(['sight', 'app'])
  // Never from the cache: rights change while a record is looked at.
  const sight = useQuery({
    queryKey: ['sight', record],
    queryFn: () => ok(api.GET('/api/v1/access/{record}', { params: { path: { record } } })),
    gcTime: 0,
  })
  const told = (way: Way) => {
    const name = way.member?.name ?? ''
    if (way.kind === 'own') return t(`own.${sense(way)}`)
    if (way.kind === 'team') return t(`team.${sense(way)}`, { name, teams: way.teams.join(', ') })
    if (way.kind === 'record') return way.record?.name ? t('record', { name: way.record.name }) : t('record_unnamed')
    return t('everything')
  }
  return (
    <Dialog open onClose={onClose} title={t('ask')} size="sm">
      <DialogBody className="pb-5">
        {sight.isPending && <Spinner />}
        {sight.isError && <ErrorState error={sight.error} onRetry={() => void sight.refetch()} />}
        {sight.data && (
          <>
            <p className="mb-3 text-base">{sight.data.role ? t('role', { role: t(`app:role.${sight.data.role}`) }) : t('may')}</p>
            <ul className="flex list-disc flex-col gap-2 pl-5 text-base">
              {sight.data.ways.map((way) => (
                <li key={`${way.kind}${way.sense ?? ''}${way.record?.id ?? ''}`}>{told(way)}</li>
              ))}
            </ul>
            {sight.data.fields_hidden > 0 && <p className="mt-3 text-sm text-soft">{t('fields_hidden', { count: sight.data.fields_hidden })}</p>}
            {sight.data.fields_read_only > 0 && <p className="mt-3 text-sm text-soft">{t('fields_read_only', { count: sight.data.fields_read_only })}</p>}
            {!sight.data.amounts && <p className="mt-3 text-sm text-soft">{t('amounts')}</p>}
          </>
        )}
      </DialogBody>
    </Dialog>
  )
}
