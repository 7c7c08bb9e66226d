/** Issuing: said beforehand what it means, and typed to be meant, because it cannot be taken back. */
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isSeen, money } from '@/lib/format'
import { toProblem } from '@/lib/problem'
import { Confirm } from '@/ui/Confirm'
import { Notice } from '@/ui/Notice'
import { toast } from '@/ui/Toast'
import { issueInvoice, type Invoice } from './api'
import { Preflight } from './Preflight'

type Props = { invoice: Invoice; open: boolean; onClose: () => void; onIssued: (invoice: Invoice) => void }

export function IssueDialog({ invoice, open, onClose, onIssued }: Props) {
  const { t } = useTranslation('sales')
  const issue = useMutation({
    mutationFn: () => issueInvoice(invoice.id),
    onSuccess: (issued) => {
      onIssued(issued)
      toast({ text: t(invoice.kind === 'invoice' ? 'issue.done' : 'issue.note_done', { number: issued.number ?? '' }) })
      onClose()
    },
  })
  const missing = toProblem(issue.error).fields
  return (
    <Confirm
      open={open}
      onClose={() => {
        issue.reset()
        onClose()
      }}
      title={t(`issue.title.${invoice.kind}`)}
      action={t(invoice.kind === 'invoice' ? 'issue.action' : 'issue.open')}
      danger={false}
      busy={issue.isPending}
      error={missing.length > 0 ? null : issue.error}
      onConfirm={() => issue.mutate()}
    >
      <p className="tabular text-lg font-semibold text-ink">{[invoice.company?.name ?? invoice.contact?.name, isSeen(invoice.totals.payable) && money(invoice.totals.payable)].filter(Boolean).join(' · ')}</p>
      <ul className="list-disc pl-5">
        <li>{t('issue.number')}</li>
        <li>{t('issue.frozen')}</li>
        <li>{invoice.kind === 'credit_note' ? t('issue.settles', { number: invoice.corrects?.number ?? '' }) : t('issue.due', { count: invoice.payment_days })}</li>
      </ul>
      {open && <Preflight invoice={invoice} />}
      {missing.length > 0 && (
        <Notice tone="danger">
          <ul>
            {missing.map((field) => (
              <li key={field.field + field.code}>{field.message}</li>
            ))}
          </ul>
        </Notice>
      )}
    </Confirm>
  )
}
