/** One invoice: a draft to be issued, or an issued one with its payments, its PDF and how it was computed. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { FileCode2, FileDown, FileMinus2, FilePlus2, FileText, Pencil, Send, Stamp, Trash2, Wallet } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSeesAmounts } from '@/api/me'
import { isLost, queryClient } from '@/api/query'
import { date, dateTime, isSeen, money, nameOf } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { BackArrow, Facts, RecordLayout, Related } from '@/ui/RecordLayout'
import { PageSkeleton, Skeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { refreshSales } from '../document/api'
import { Calculation, HowComputed } from '../document/Calculation'
import { CustomerLinks, RecordLink } from '../document/CustomerLinks'
import { LinesTable } from '../document/LinesTable'
import { SendDialog } from '../document/SendDialog'
import { Totals } from '../document/Totals'
import { CorrectDialog, ExplainDialog } from './CorrectDialog'
import { Corrections } from './Corrections'
import { CreditPanel } from './CreditPanel'
import { calculationQuery, deleteInvoice, invoicePdf, invoiceQuery, sendInvoice, type Invoice } from './api'
import { InvoiceStatus } from './InvoiceStatus'
import { saveElectronic } from './saveElectronic'
import { IssueDialog } from './IssueDialog'
import { PaymentsPanel } from './PaymentsPanel'

const route = getRouteApi('/_app/invoices/$id')

/** `timeline` draws the story of a record, `sight` why one sees it; the customers' area owns both. */
type Props = { timeline: (subject: string) => ReactNode; sight: (record: string) => ReactNode }

export function InvoiceRecord(props: Props) {
  const { id } = route.useParams()
  const invoice = useQuery(invoiceQuery(id))
  if (invoice.isPending) return <PageSkeleton />
  if (!invoice.data || isLost(invoice)) return <ErrorState isPage error={invoice.error} onRetry={() => void invoice.refetch()} />
  return <Page invoice={invoice.data} {...props} />
}

function Page({ invoice, timeline, sight }: { invoice: Invoice } & Props) {
  const { t } = useTranslation('sales')
  const navigate = useNavigate()
  const [open, setOpen] = useState<'issue' | 'send' | 'delete' | 'pay' | 'credit_note' | 'debit_note' | 'explain' | null>(null)
  const close = () => setOpen(null)
  const keep = (saved: Invoice) => {
    queryClient.setQueryData(invoiceQuery(saved.id).queryKey, saved)
    void refreshSales()
  }
  const remove = useMutation({
    mutationFn: () => deleteInvoice(invoice.id),
    onSuccess: async () => {
      await navigate({ to: '/invoices' })
      toast({ text: t('invoice.deleted') })
      void refreshSales()
    },
  })
  const seesAmounts = useSeesAmounts()
  const may = (action: string) => invoice.actions.includes(action)
  const draft = invoice.status === 'draft'
  const isCredit = invoice.kind === 'credit_note'
  const blank = invoice.lines.length === 0 ? t('quote.no_lines') : !invoice.company && !invoice.contact ? t('quote.no_customer') : undefined
  const pdf = () => window.open(invoicePdf(invoice.id), '_blank', 'noopener')
  return (
    <>
      <RecordLayout
        back={
          <Link to="/invoices">
            <BackArrow /> {t('app:nav.invoices')}
          </Link>
        }
        title={invoice.number ?? t(`kind.draft.${invoice.kind}`)}
        status={<InvoiceStatus status={invoice.status} kind={invoice.kind} />}
        about={<span className="tabular">{[!draft && invoice.kind !== 'invoice' && t(`kind.${invoice.kind}`), isSeen(invoice.totals.payable) && money(invoice.totals.payable), invoice.company?.name ?? invoice.contact?.name, !isCredit && invoice.due_date && t('due_on', { date: date(invoice.due_date) })].filter(Boolean).join(' · ')}</span>}
        actions={
          draft ? (
            <>
              <Button kind="primary" icon={<Stamp className="size-4" />} why={may('issue') ? blank : t('not_allowed')} onClick={() => setOpen('issue')}>
                {t('issue.open')}
              </Button>
              <Button icon={<Pencil className="size-4" />} why={!may('update') ? t('not_allowed') : seesAmounts ? undefined : t('ui:amount.no_set')} onClick={() => void navigate({ to: '/invoices/$id/edit', params: { id: invoice.id } })}>
                {t('edit')}
              </Button>
            </>
          ) : (
            <>
              <Button kind={invoice.sent_at ? 'plain' : 'primary'} icon={<Send className="size-4" />} why={may('send') ? undefined : t('not_allowed')} onClick={() => setOpen('send')}>
                {t(invoice.sent_at ? 'invoice.send_again' : 'invoice.send')}
              </Button>
              {seesAmounts && (
                <Button icon={<FileDown className="size-4" />} onClick={pdf}>
                  {t('pdf_open')}
                </Button>
              )}
            </>
          )
        }
        sight={sight(invoice.id)}
        menu={[
          draft && seesAmounts && { label: t('invoice.preview'), icon: <FileDown className="size-4" />, run: pdf },
          !draft && !isCredit && may('pay') && seesAmounts && { label: t('payment.record'), icon: <Wallet className="size-4" />, run: () => setOpen('pay') },
          ...(!draft && seesAmounts && invoice.totals.norm === 'by_category' ? (['ubl', 'cii'] as const).map((syntax) => ({ label: t(`electronic.${syntax}`), icon: <FileCode2 className="size-4" />, run: () => void saveElectronic(invoice, syntax).catch(toastError) })) : []),
          may('credit') && seesAmounts && { label: t('correct.open.credit_note'), icon: <FileMinus2 className="size-4" />, run: () => setOpen('credit_note') },
          may('correct') && seesAmounts && { label: t('correct.open.debit_note'), icon: <FilePlus2 className="size-4" />, run: () => setOpen('debit_note') },
          draft && invoice.corrects && may('update') && { label: t('correct.reason_change'), icon: <Pencil className="size-4" />, run: () => setOpen('explain') },
          draft && may('delete') && { label: t('delete'), icon: <Trash2 className="size-4" />, danger: true, run: () => setOpen('delete') },
        ]}
        notice={draft && <Notice>{invoice.corrects ? t('correct.is_draft', { number: invoice.corrects.number ?? '' }) : t('invoice.is_draft')}</Notice>}
        facts={<InvoiceFacts invoice={invoice} />}
        related={
          <>
            <CustomerLinks company={invoice.company} contact={invoice.contact} deal={invoice.deal} />
            <Corrections invoice={invoice} />
            {invoice.quote_id && (
              <Related title={t('quote.one')}>
                <RecordLink to="/quotes/$id" id={invoice.quote_id} icon={<FileText className="size-4 text-faint" />} name={invoice.quote_number ?? t('quote.one')} />
              </Related>
            )}
          </>
        }
      >
        <div className="flex flex-col gap-6">
          {!draft && isCredit && <CreditPanel note={invoice} />}
          {!draft && !isCredit && <PaymentsPanel invoice={invoice} open={open === 'pay'} onOpen={(next) => setOpen(next ? 'pay' : null)} />}
          <div>
            <h2 className="mb-2 text-base">{t('line.title')}</h2>
            <LinesTable lines={invoice.lines} totals={invoice.totals} withTax={invoice.prices_include_tax} />
            <div className="mt-4 mb-3">
              <Totals totals={invoice.totals} credit={isCredit} />
            </div>
            {seesAmounts && <Explained invoice={invoice} />}
          </div>
          <div>{timeline(invoice.id)}</div>
        </div>
      </RecordLayout>
      {(open === 'credit_note' || open === 'debit_note') && <CorrectDialog invoice={invoice} kind={open} onDrafted={(note) => void navigate({ to: '/invoices/$id/edit', params: { id: note.id } })} onClose={close} />}
      {open === 'explain' && <ExplainDialog note={invoice} onClose={close} />}
      <IssueDialog invoice={invoice} open={open === 'issue'} onClose={close} onIssued={keep} />
      <SendDialog
        open={open === 'send'}
        onClose={close}
        title={t(isCredit ? 'correct.send_title' : 'invoice.send_title', { number: invoice.number ?? '' })}
        about={t('invoice.send_about')}
        company={invoice.company}
        contact={invoice.contact}
        send={async ({ to, cc, message }) => {
          keep(await sendInvoice(invoice.id, { to, cc, message }))
          toast({ text: t('invoice.sent_done') })
        }}
      />
      <Confirm open={open === 'delete'} onClose={close} title={t('invoice.delete_title')} action={t('delete')} busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()}>
        <p>{t('invoice.delete_text')}</p>
      </Confirm>
    </>
  )
}

/** The calculation is asked for when it is unfolded. */
function Explained({ invoice }: { invoice: Invoice }) {
  const [wanted, setWanted] = useState(false)
  const calculation = useQuery({ ...calculationQuery(invoice.id, invoice.version), enabled: wanted })
  return (
    <HowComputed onOpen={() => setWanted(true)}>
      {calculation.isLoading && <Skeleton className="h-32" />}
      {calculation.isError && <ErrorState error={calculation.error} onRetry={() => void calculation.refetch()} />}
      {calculation.data && <Calculation steps={calculation.data.steps} />}
    </HowComputed>
  )
}

function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('sales')
  return (
    <Facts
      items={[
        { label: t('field.number'), value: invoice.number && <span className="tabular">{invoice.number}</span> },
        { label: t('field.issued'), value: date(invoice.issue_date) },
        ...(invoice.corrects ? [{ label: t('correct.reason'), value: invoice.correction_reason }] : []),
        ...(invoice.kind === 'credit_note' ? [] : [{ label: t('field.due'), value: invoice.due_date ? date(invoice.due_date) : t('days.after_issue', { count: invoice.payment_days }) }]),
        { label: t('field.language'), value: nameOf('language', invoice.language) },
        { label: t('field.reference'), value: invoice.reference },
        { label: t('field.owner'), value: invoice.owner?.name },
        ...(invoice.sent_at ? [{ label: t('field.sent'), value: dateTime(invoice.sent_at) }] : []),
        ...(invoice.notes ? [{ label: t('field.notes'), value: <span className="whitespace-pre-wrap">{invoice.notes}</span> }] : []),
        ...(invoice.pdf_sha256 ? [{ label: t('field.pdf_digest'), value: <span className="font-mono text-xs break-all">{invoice.pdf_sha256}</span> }] : []),
        { label: t('field.created'), value: dateTime(invoice.created_at) },
      ]}
    />
  )
}
