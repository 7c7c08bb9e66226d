/** The stages of the pipeline in a row, the present one marked; a press moves the deal. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/query'
import { cx } from '@/lib/cx'
import { toast, toastError } from '@/ui/Toast'
import { dealQuery, moveDeal, pipelinesQuery, refreshCrm, type Deal } from '../api'

export function StageSteps({ deal }: { deal: Deal }) {
  const { t } = useTranslation('crm')
  const pipelines = useQuery(pipelinesQuery)
  const stages = pipelines.data?.items.find((one) => one.id === deal.pipeline_id)?.stages ?? []
  const may = deal.actions.includes('move')
  const move = useMutation({
    mutationFn: (stage_id: string) => moveDeal(deal, { stage_id, after: null }),
    onSuccess: (saved) => {
      queryClient.setQueryData(dealQuery(saved.id).queryKey, saved)
      toast({ text: t('deal.moved', { title: saved.name, stage: saved.stage.name }) })
      void refreshCrm()
    },
    onError: toastError,
  })
  const now = stages.findIndex((stage) => stage.id === (move.isPending ? move.variables : deal.stage.id))
  if (stages.length === 0) return null
  return (
    // Where nobody may move it, no button inside takes the focus, and on a phone the steps must still be scrolled to.
    <ol aria-label={t('field.stage')} tabIndex={may ? undefined : 0} className="flex gap-1 overflow-x-auto pb-1">
      {stages.map((stage, index) => (
        <li key={stage.id} className="min-w-24 flex-1">
          <button
            type="button"
            disabled={!may || index === now}
            aria-current={index === now ? 'step' : undefined}
            onClick={() => move.mutate(stage.id)}
            className="group block w-full rounded-sm text-left disabled:cursor-default"
          >
            <span className={cx('block h-1.5 rounded-full', index <= now ? 'bg-accent' : 'bg-line group-enabled:group-hover:bg-edge')} />
            <span className={cx('mt-1 block truncate text-sm', index === now ? 'font-medium text-ink' : 'text-faint')}>{stage.name}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
