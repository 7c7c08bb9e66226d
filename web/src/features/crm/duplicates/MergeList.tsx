/** On a record: what was merged into it, and the way back while it lasts. Nothing where nothing was. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { date } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Related } from '@/ui/RecordLayout'
import { mergesQuery } from './api'
import { useUndoMerge } from './useMerge'

export function MergeList({ record }: { record: string }) {
  const { t } = useTranslation('duplicates')
  const may = useCan('duplicate.read')
  const merges = useQuery({ ...mergesQuery(record), enabled: may })
  const undo = useUndoMerge()
  const items = merges.data?.items.filter((merge) => merge.state !== 'undone') ?? []
  if (items.length === 0) return null
  return (
    <Related title={t('merges')}>
      <ul className="space-y-3">
        {items.map((merge) => (
          <li key={merge.id} className="text-base">
            <div className="font-medium">{merge.loser.name}</div>
            <div className="text-sm text-soft">
              {merge.merged_by ? t('merged_by', { date: date(merge.merged_at), name: merge.merged_by.name }) : date(merge.merged_at)}
            </div>
            {merge.actions.includes('undo') ? (
              <Button className="mt-1" busy={undo.isPending} onClick={() => undo.mutate(merge.id)}>
                {t('undo_until', { date: date(merge.undo_until) })}
              </Button>
            ) : (
              merge.state === 'final' && <div className="text-sm text-faint">{t('final')}</div>
            )}
          </li>
        ))}
      </ul>
    </Related>
  )
}
