/** Takes back a payment recorded by mistake. It stays in the books, crossed out, with the reason. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSeen, money } from '@/lib/format'
import { FormDialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { refreshSales } from '../document/api'
import { voidPayment, type Payment } from './api'

export function VoidDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const { t } = useTranslation('sales')
  const [reason, setReason] = useState('')
  const act = useMutation({
    mutationFn: () => voidPayment(payment.id, reason.trim()),
    onSuccess: () => {
      toast({ text: t('payment.voided_done') })
      void refreshSales()
      onClose()
    },
  })
  return (
    <FormDialog
      open
      onClose={onClose}
      size="sm"
      title={isSeen(payment.amount) ? t('payment.void_title', { amount: money(payment.amount) }) : t('payment.void')}
      about={t('payment.void_about')}
      submit={t('payment.void')}
      danger
      busy={act.isPending}
      error={act.error}
      why={reason.trim() ? undefined : t('payment.reason_first')}
      onSubmit={() => act.mutate()}
    >
      <TextField label={t('payment.reason')} autoFocus maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
    </FormDialog>
  )
}
