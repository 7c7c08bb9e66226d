/** One quote: where it stands, what it offers, the customer's answer, and what can be done with it now. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { ExternalLink, FileDown, Pencil, ReceiptText, Send, Trash2, Undo2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSeesAmounts } from '@/api/me'
import { isLost, queryClient } from '@/api/query'
import { date, dateTime, isSeen, money, nameOf } from '@/lib/format'
import { Amount } from '@/ui/Amount'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { CopyField } from '@/ui/CopyField'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { BackArrow, Facts, RecordLayout, Related } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { refreshSales } from '../document/api'
import { CustomerLinks, RecordLink } from '../document/CustomerLinks'
import { LinesTable } from '../document/LinesTable'
import { SendDialog } from '../document/SendDialog'
import { Totals } from '../document/Totals'
import { invoiceQuery as invoiceOne } from '../invoices/api'
import { deleteQuote, invoiceQuote, quotePdf, quoteQuery, revokeQuote, sendQuote, type Quote } from './api'
import { Evidence } from './Evidence'
import { QuoteStatus } from './QuoteStatus'

const route = getRouteApi('/_app/quotes/$id')

/** `timeline` draws the story of a record, `sight` why one sees it; the customers' area owns both. */
type Props = { timeline: (subject: string) => ReactNode; sight: (record: string) => ReactNode }

export function QuoteRecord(props: Props) {
  const { id } = route.useParams()
  const quote = useQuery(quoteQuery(id))
  if (quote.isPending) return <PageSkeleton />
  if (!quote.data || isLost(quote)) return <ErrorState isPage error={quote.error} onRetry={() => void quote.refetch()} />
  return <Page quote={quote.data} {...props} />
}

function useActs(quote: Quote, after: () => void) {
  const { t } = useTranslation('sales')
  const navigate = useNavigate()
  const keep = (saved: Quote) => {
    queryClient.setQueryData(quoteQuery(saved.id).queryKey, saved)
    void refreshSales()
    after()
  }
  const revoke = useMutation({
    mutationFn: () => revokeQuote(quote.id),
    onSuccess: (saved) => {
      keep(saved)
      toast({ text: t('quote.revoked_done') })
    },
  })
  const remove = useMutation({
    mutationFn: () => deleteQuote(quote.id),
    onSuccess: async () => {
      await navigate({ to: '/quotes' })
      toast({ text: t('quote.deleted', { name: quote.title }) })
      void refreshSales()
    },
  })
  const invoice = useMutation({
    mutationFn: () => invoiceQuote(quote.id),
    onSuccess: (made) => {
      void refreshSales()
      return navigate({ to: '/invoices/$id', params: { id: made.id } })
    },
    onError: toastError,
  })
  return { keep, revoke, remove, invoice }
}

function Page({ quote, timeline, sight }: { quote: Quote } & Props) {
  const { t } = useTranslation('sales')
  const navigate = useNavigate()
  const [open, setOpen] = useState<'send' | 'revoke' | 'delete' | null>(null)
  const close = () => setOpen(null)
  const { keep, revoke, remove, invoice } = useActs(quote, close)
  const notice = useStateNotice(quote)
  const seesAmounts = useSeesAmounts()
  const may = (action: string) => quote.actions.includes(action)
  const blank = quote.lines.length === 0 ? t('quote.no_lines') : !quote.company && !quote.contact ? t('quote.no_customer') : undefined
  const edit = () => void navigate({ to: '/quotes/$id/edit', params: { id: quote.id } })
  return (
    <>
      <RecordLayout
        back={
          <Link to="/quotes">
            <BackArrow /> {t('app:nav.quotes')}
          </Link>
        }
        title={quote.title}
        status={<QuoteStatus state={quote.state} />}
        about={<span className="tabular">{[quote.number, isSeen(quote.totals.payable) && money(quote.totals.payable), quote.company?.name ?? quote.contact?.name].filter(Boolean).join(' · ')}</span>}
        actions={
          <>
            {may('send') && (
              <Button kind={quote.state === 'draft' ? 'primary' : 'plain'} icon={<Send className="size-4" />} why={blank} onClick={() => setOpen('send')}>
                {t(quote.state === 'sent' ? 'quote.send_again' : 'quote.send')}
              </Button>
            )}
            {may('invoice') && !quote.invoice_id && (
              <Button kind="primary" icon={<ReceiptText className="size-4" />} busy={invoice.isPending} onClick={() => invoice.mutate()}>
                {t('quote.make_invoice')}
              </Button>
            )}
            {may('update') && seesAmounts && (
              <Button icon={<Pencil className="size-4" />} onClick={edit}>
                {t('edit')}
              </Button>
            )}
          </>
        }
        sight={sight(quote.id)}
        menu={[
          seesAmounts && { label: t(quote.state === 'draft' ? 'quote.preview' : 'pdf_open'), icon: <FileDown className="size-4" />, run: () => window.open(quotePdf(quote.id), '_blank', 'noopener') },
          may('revoke') && { label: t('quote.revoke'), icon: <Undo2 className="size-4" />, danger: true, run: () => setOpen('revoke') },
          may('delete') && { label: t('delete'), icon: <Trash2 className="size-4" />, danger: true, run: () => setOpen('delete') },
        ]}
        notice={notice}
        facts={<QuoteFacts quote={quote} />}
        related={
          <>
            <CustomerLinks company={quote.company} contact={quote.contact} deal={quote.deal} />
            {quote.invoice_id && <MadeInvoice id={quote.invoice_id} />}
          </>
        }
      >
        <div className="flex flex-col gap-6">
          {quote.public_url && seesAmounts && <PublicLink url={quote.public_url} />}
          {quote.answer && <Evidence answer={quote.answer} />}
          <div>
            <h2 className="mb-2 text-base">{t('line.title')}</h2>
            <LinesTable lines={quote.lines} totals={quote.totals} withTax={quote.prices_include_tax} />
            <div className="mt-4">
              <Totals totals={quote.totals} />
            </div>
          </div>
          <div>{timeline(quote.id)}</div>
        </div>
      </RecordLayout>
      <SendDialog
        open={open === 'send'}
        onClose={close}
        title={t('quote.send_title')}
        about={t(quote.number ? 'quote.send_about_again' : 'quote.send_about')}
        company={quote.company}
        contact={quote.contact}
        offersLink
        send={async (input) => {
          keep(await sendQuote(quote.id, input))
          toast({ text: t(input.link_only ? 'quote.link_made' : 'quote.sent_done') })
        }}
      />
      <Confirm open={open === 'revoke'} onClose={close} title={t('quote.revoke_title')} action={t('quote.revoke')} busy={revoke.isPending} error={revoke.error} onConfirm={() => revoke.mutate()}>
        <p>{t('quote.revoke_text')}</p>
      </Confirm>
      <Confirm open={open === 'delete'} onClose={close} title={t('quote.delete_title')} action={t('delete')} busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()}>
        <p>{t('quote.delete_text')}</p>
      </Confirm>
    </>
  )
}

function MadeInvoice({ id }: { id: string }) {
  const { t } = useTranslation('sales')
  const invoice = useQuery(invoiceOne(id))
  return (
    <Related title={t('invoice.one')}>
      <RecordLink to="/invoices/$id" id={id} icon={<ReceiptText className="size-4 text-faint" />} name={invoice.data?.number ?? t('kind.draft.invoice')} />
    </Related>
  )
}

/** What is worth knowing about where the quote stands, or null. */
function useStateNotice(quote: Quote): ReactNode {
  const { t } = useTranslation('sales')
  if (quote.state === 'expired') return <Notice tone="warn">{t('quote.is_expired', { date: date(quote.valid_until) })}</Notice>
  if (quote.state === 'revoked') return <Notice>{t('quote.is_revoked')}</Notice>
  if (quote.state === 'draft' && quote.revision > 0) return <Notice tone="warn">{t('quote.is_changed')}</Notice>
  if (quote.state === 'sent') return <Notice>{quote.viewed_at ? t('quote.is_viewed', { at: dateTime(quote.viewed_at) }) : t('quote.is_unseen')}</Notice>
  return null
}

function PublicLink({ url }: { url: string }) {
  const { t } = useTranslation('sales')
  return (
    <div className="panel p-4">
      <CopyField label={t('quote.public_link')} value={url} />
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2 text-sm text-faint">
        <span>{t('quote.public_link_hint')}</span>
        <a href={url} target="_blank" rel="noopener" className="inline-flex items-center gap-1 text-accent-ink hover:underline">
          <ExternalLink aria-hidden className="size-3.5" /> {t('quote.public_link_open')}
        </a>
      </div>
    </div>
  )
}

function QuoteFacts({ quote }: { quote: Quote }) {
  const { t } = useTranslation('sales')
  return (
    <Facts
      items={[
        { label: t('field.number'), value: quote.number && <span className="tabular">{quote.number}</span> },
        { label: t('field.total'), value: <Amount value={quote.totals.payable} /> },
        { label: t('field.valid_until'), value: date(quote.valid_until) },
        ...(quote.revision > 1 ? [{ label: t('field.revision'), value: String(quote.revision) }] : []),
        { label: t('field.language'), value: nameOf('language', quote.language) },
        { label: t('field.reference'), value: quote.reference },
        { label: t('field.owner'), value: quote.owner?.name },
        { label: t('field.sent'), value: dateTime(quote.sent_at) },
        ...(quote.notes ? [{ label: t('field.notes'), value: <span className="whitespace-pre-wrap">{quote.notes}</span> }] : []),
        ...(quote.terms ? [{ label: t('field.terms'), value: <span className="whitespace-pre-wrap">{quote.terms}</span> }] : []),
        { label: t('field.created'), value: dateTime(quote.created_at) },
      ]}
    />
  )
}
