/** Begins a credit or debit note on an issued invoice; or changes why a draft of one corrects its invoice. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/query'
import { toProblem } from '@/lib/problem'
import { FormDialog } from '@/ui/Dialog'
import { TextArea } from '@/ui/TextField'
import { refreshSales } from '../document/api'
import { correctInvoice, explainCorrection, invoiceQuery, type CorrectionKind, type Invoice } from './api'

type Props = { title: string; about: string; submit: string; first: string; save: (reason: string) => Promise<Invoice>; onSaved: (saved: Invoice) => void; onClose: () => void }

function ReasonDialog({ title, about, submit, first, save, onSaved, onClose }: Props) {
  const { t } = useTranslation('sales')
  const [reason, setReason] = useState(first)
  const act = useMutation({
    mutationFn: () => save(reason.trim()),
    onSuccess: async (saved) => {
      queryClient.setQueryData(invoiceQuery(saved.id).queryKey, saved)
      await refreshSales()
      onSaved(saved)
    },
  })
  const placed = toProblem(act.error).fields.find((field) => field.field === 'correction_reason')?.message
  return (
    <FormDialog open size="sm" onClose={onClose} title={title} about={about} submit={submit} busy={act.isPending} error={placed ? null : act.error} why={reason.trim() ? undefined : t('correct.reason_first')} onSubmit={() => act.mutate()}>
      <TextArea label={t('correct.reason')} hint={t('correct.reason_hint')} rows={3} autoFocus maxLength={500} value={reason} error={placed} onChange={(event) => setReason(event.target.value)} />
    </FormDialog>
  )
}

export function CorrectDialog({ invoice, kind, onDrafted, onClose }: { invoice: Invoice; kind: CorrectionKind; onDrafted: (note: Invoice) => void; onClose: () => void }) {
  const { t } = useTranslation('sales')
  return (
    <ReasonDialog
      title={t(`correct.title.${kind}`, { number: invoice.number ?? '' })}
      about={t(`correct.about.${kind}`)}
      submit={t('correct.draft')}
      first=""
      save={(reason) => correctInvoice(invoice.id, { kind, reason })}
      onSaved={onDrafted}
      onClose={onClose}
    />
  )
}

export function ExplainDialog({ note, onClose }: { note: Invoice; onClose: () => void }) {
  const { t } = useTranslation('sales')
  return (
    <ReasonDialog
      title={t('correct.reason')}
      about={t('correct.reason_about', { number: note.corrects?.number ?? '' })}
      submit={t('ui:dialog.save')}
      first={note.correction_reason ?? ''}
      save={(reason) => explainCorrection(note, reason)}
      onSaved={onClose}
      onClose={onClose}
    />
  )
}
