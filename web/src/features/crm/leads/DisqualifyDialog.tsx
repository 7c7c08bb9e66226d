/** Says why a lead will not become a customer. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '@/ui/Dialog'
import { TextArea } from '@/ui/TextField'
import { refreshLeads, saveLead, type Lead } from './api'

export function DisqualifyDialog({ lead, onClose }: { lead: Lead; onClose: () => void }) {
  const { t } = useTranslation(['leads', 'crm'])
  const [reason, setReason] = useState('')
  const save = useMutation({
    mutationFn: () => saveLead(lead, { status: 'disqualified', disqualified_reason: reason.trim() }),
    onSuccess: () => {
      void refreshLeads()
      onClose()
    },
  })
  return (
    <FormDialog
      open
      onClose={onClose}
      size="sm"
      title={t('disqualify_title')}
      about={lead.name}
      submit={t('disqualify')}
      busy={save.isPending}
      error={save.error}
      why={reason.trim() ? undefined : t('crm:deal.reason_first')}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <TextArea label={t('crm:deal.reason')} autoFocus maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
    </FormDialog>
  )
}
