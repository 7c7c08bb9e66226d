/** Marks a deal as lost, with the reason that later shows what loses deals. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/ui/Dialog'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextField'
import { toast, toastError } from '@/ui/Toast'
import { loseDeal, refreshCrm, reopenDeal, type Deal } from '../api'
import { lostReasonsQuery } from '../pipelines/api'

export function LoseDialog({ deal, open, onClose }: { deal: Deal; open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['crm', 'reports'])
  const [reason, setReason] = useState('')
  const [of, setOf] = useState('')
  const reasons = useQuery({ ...lostReasonsQuery, enabled: open })
  const offered = (reasons.data?.items ?? []).filter((one) => !one.archived_at)
  const lose = useMutation({
    mutationFn: () => loseDeal(deal.id, { ...(reason.trim() ? { reason: reason.trim() } : {}), ...(of ? { reason_id: of } : {}) }),
    onSuccess: () => {
      toast({ text: t('deal.lost_done', { title: deal.name }), undo: () => void reopenDeal(deal.id).then(refreshCrm, toastError) })
      setReason('')
      setOf('')
      onClose()
      void refreshCrm()
    },
  })
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      size="sm"
      title={t('deal.lose_title')}
      about={deal.name}
      submit={t('deal.lose')}
      danger
      busy={lose.isPending}
      error={lose.error}
      why={reason.trim() || of ? undefined : t('deal.reason_first')}
      onSubmit={() => lose.mutate()}
    >
      {offered.length > 0 && <Select label={t('reports:reason.choose')} placeholder="" value={of} options={offered.map((one) => ({ value: one.id, label: one.label }))} onChange={(event) => setOf(event.target.value)} />}
      <TextArea label={t('deal.reason')} optional={offered.length > 0} autoFocus={offered.length === 0} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
    </FormDialog>
  )
}
