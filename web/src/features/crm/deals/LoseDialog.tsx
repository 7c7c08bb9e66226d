/** Marks a deal as lost, with the reason that later shows what loses deals. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/ui/Dialog'
import { TextArea } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { loseDeal, refreshCrm, reopenDeal, type Deal } from '../api'

export function LoseDialog({ deal, open, onClose }: { deal: Deal; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('crm')
  const [reason, setReason] = useState('')
  const lose = useMutation({
    mutationFn: () => loseDeal(deal.id, reason.trim()),
    onSuccess: () => {
      toast({ text: t('deal.lost_done', { title: deal.name }), undo: () => void reopenDeal(deal.id).then(refreshCrm) })
      setReason('')
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
      why={reason.trim() ? undefined : t('deal.reason_first')}
      onSubmit={() => lose.mutate()}
    >
      <TextArea label={t('deal.reason')} autoFocus maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
    </FormDialog>
  )
}
