/** What a document corrects, and the notes that correct it. */
import { Link } from '@tanstack/react-router'
import { ReceiptText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Amount } from '@/ui/Amount'
import { Related } from '@/ui/RecordLayout'
import { RecordLink } from '../document/CustomerLinks'
import type { Invoice } from './api'
import { InvoiceStatus } from './InvoiceStatus'

export function Corrections({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('sales')
  const { corrects, corrections } = invoice
  return (
    <>
      {corrects && (
        <Related title={t('correct.corrects')}>
          <RecordLink to="/invoices/$id" id={corrects.id} icon={<ReceiptText className="size-4 text-faint" />} name={corrects.number ?? t('kind.invoice')} />
        </Related>
      )}
      {corrections.length > 0 && (
        <Related title={t('correct.corrected_by')}>
          <ul>
            {corrections.map((note) => (
              <li key={note.id}>
                <Link to="/invoices/$id" params={{ id: note.id }} className="-mx-2 block rounded-md px-2 py-1.5 hover:bg-hover">
                  <span className="flex items-baseline justify-between gap-3">
                    <span className="min-w-0 truncate text-base">{note.number ?? t(`kind.draft.${note.kind}`)}</span>
                    <span className="tabular shrink-0 text-sm"><Amount value={note.payable} /></span>
                  </span>
                  <InvoiceStatus status={note.status} kind={note.kind} />
                </Link>
              </li>
            ))}
          </ul>
        </Related>
      )}
    </>
  )
}
