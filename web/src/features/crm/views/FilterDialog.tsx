/** Builds a filter: conditions in groups, all of which or any of which must hold. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { FormDialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { useFilterFields } from './useFilterFields'
import { FilterGroup } from './FilterGroup'
import { count, editable, isWhole, pruned, type Group } from './tree'
import type { ViewState } from './useListView'

export function FilterDialog({ noun, list, onClose }: { noun: string; list: ViewState; onClose: () => void }) {
  const { t } = useTranslation('views')
  const fields = useFilterFields(noun)
  const [group, setGroup] = useState<Group>(() => editable(list.filter))
  const wanted = pruned(group)
  return (
    <FormDialog
      open
      onClose={onClose}
      size="lg"
      title={t('filter')}
      about={t('filter_about')}
      submit={t('apply')}
      why={!wanted || isWhole(wanted) ? undefined : t('fill_in')}
      onSubmit={(event) => {
        event.preventDefault()
        list.setFilter(wanted)
        onClose()
      }}
    >
      {fields.isPending && <Skeleton className="h-32" />}
      {fields.isError && <ErrorState error={fields.error} onRetry={() => void fields.refetch()} />}
      {fields.data && <FilterGroup noun={noun} fields={fields.data} group={group} depth={0} onChange={setGroup} />}
      {count(group) > 0 && (
        <Button kind="quiet" size="sm" className="self-start" onClick={() => setGroup({ all: [] })}>
          {t('clear')}
        </Button>
      )}
    </FormDialog>
  )
}
