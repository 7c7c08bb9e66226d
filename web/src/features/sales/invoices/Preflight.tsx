/** What a receiver of the electronic invoice would refuse, each with what to do. It warns and forbids nothing. */
import { useQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { Skeleton } from '@/ui/Skeleton'
import { preflightQuery, type Invoice, type PreflightFault } from './api'

export function Preflight({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('sales')
  const said = useFault()
  const preflight = useQuery(preflightQuery(invoice.id, invoice.version))
  if (preflight.isPending) return <Skeleton className="h-10" />
  if (!preflight.data) return <ErrorState error={preflight.error} onRetry={() => void preflight.refetch()} />
  const { applies, faults } = preflight.data
  if (!applies) return null
  if (faults.length === 0) {
    return (
      <p className="flex items-center gap-2 text-sm text-soft">
        <CircleCheck className="size-4 shrink-0 text-good" aria-hidden /> {t('preflight.fine')}
      </p>
    )
  }
  return (
    <Notice tone="warn">
      <p className="mb-1 font-medium">{t('preflight.title', { count: faults.length })}</p>
      <ul className="list-disc pl-5">
        {faults.map((fault, index) => (
          <li key={index}>
            {said(fault)} {fault.rule && <span className="text-xs text-faint">{fault.rule}</span>}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** A fault in the reader's words; one that is newer than our words, in the server's. */
function useFault(): (fault: PreflightFault) => string {
  const { t, i18n } = useTranslation('sales')
  return (fault) => {
    const key = `preflight.fault.${fault.code.replace(/^einvoice_/, '')}`
    if (!i18n.exists(`sales:${key}`)) return fault.message
    return [fault.line && t('preflight.line', { number: fault.line }), t(key as 'preflight.fine')].filter(Boolean).join(': ')
  }
}
