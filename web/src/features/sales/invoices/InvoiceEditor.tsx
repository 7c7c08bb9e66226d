/** Writing an invoice: a draft, new or again. An issued one cannot be changed and is shown instead. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { isLost, queryClient } from '@/api/query'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { isLanguage } from '@/lib/i18n'
import { ErrorState } from '@/ui/ErrorState'
import { BackArrow } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'
import { entitiesQuery } from '../billing/api'
import { presetsQuery, refreshSales, type Tax } from '../document/api'
import { DocumentEditor } from '../document/DocumentEditor'
import { blankLine, documentForm, documentInput, type DocumentForm } from '../document/form'
import { startQuery } from '../document/start'
import { createInvoice, invoiceQuery, saveInvoice, type Invoice, type InvoiceInput } from './api'

const editRoute = getRouteApi('/_app/invoices/$id/edit')
const newRoute = getRouteApi('/_app/invoices/new')

const inputOf = (form: DocumentForm): InvoiceInput => ({ ...documentInput(form), payment_days: Number(form.payment_days) })

async function kept(saved: Invoice): Promise<void> {
  queryClient.setQueryData(invoiceQuery(saved.id).queryKey, saved)
  await refreshSales()
}

export function NewInvoice() {
  const { t } = useTranslation('sales')
  const navigate = useNavigate()
  const me = useMe()
  const start = useQuery(startQuery(newRoute.useSearch()))
  const entities = useQuery(entitiesQuery)
  const presets = useQuery(presetsQuery)
  if (start.isPending || entities.isPending || presets.isPending) return <PageSkeleton />
  const issuer = entities.data?.items.find((one) => one.is_default) ?? entities.data?.items[0]
  const begun = start.data
  const defaults: DocumentForm = {
    ...documentForm({
      company: begun?.company ?? null,
      contact: begun?.contact ?? null,
      deal: begun?.deal ?? null,
      language: begun?.language ?? issuer?.language ?? (isLanguage(me.tenant.language) ? me.tenant.language : 'en'),
      currency: begun?.currency ?? issuer?.currency ?? me.tenant.currency,
      payment_days: issuer?.payment_days ?? 30,
      prices_include_tax: false,
      allowance: null,
      lines: [],
      notes: null,
      reference: null,
    }),
    lines: [blankLine(suggested(presets.data))],
  }
  return (
    <DocumentEditor
      kind="invoice"
      title={t('invoice.new')}
      back={
        <Link to="/invoices">
          <BackArrow /> {t('app:nav.invoices')}
        </Link>
      }
      defaults={defaults}
      withDeal
      save={async (form) => {
        const saved = await createInvoice({ ...inputOf(form), deal_id: form.deal?.id ?? null })
        await kept(saved)
        toast({ text: t('invoice.saved') })
        await navigate({ to: '/invoices/$id', params: { id: saved.id }, replace: true })
      }}
      onTheirs={() => undefined}
      onCancel={() => void navigate({ to: '/invoices' })}
    />
  )
}

export function EditInvoice() {
  const { t } = useTranslation('sales')
  const { id } = editRoute.useParams()
  const invoice = useQuery({ ...invoiceQuery(id), refetchOnWindowFocus: false, staleTime: Infinity, refetchOnMount: 'always' })
  const presets = useQuery(presetsQuery)
  if (presets.isPending || invoice.isPending || (invoice.isFetching && !invoice.isFetchedAfterMount)) return <PageSkeleton />
  if (!invoice.data || isLost(invoice)) return <ErrorState isPage error={invoice.error} onRetry={() => void invoice.refetch()} />
  if (invoice.data.status !== 'draft') {
    return (
      <EmptyState
        title={t('invoice.frozen_title', { number: invoice.data.number ?? '' })}
        action={
          <Button asChild>
            <Link to="/invoices/$id" params={{ id }}>
              {t('invoice.frozen_open')}
            </Link>
          </Button>
        }
      >
        {t('invoice.frozen_text')}
      </EmptyState>
    )
  }
  return <Editor key={id} first={invoice.data} taxes={suggested(presets.data)} />
}

/** The taxes a new line begins with. */
const suggested = (presets: { items: { suggested: boolean; tax: Tax }[] } | undefined) => (presets?.items ?? []).filter((preset) => preset.suggested).map((preset) => preset.tax)

function Editor({ first, taxes }: { first: Invoice; taxes: Tax[] }) {
  const { t } = useTranslation('sales')
  const navigate = useNavigate()
  // What the form was filled from: live news must not change what somebody is typing over.
  const [from] = useState(first)
  // A draft without lines begins with one to write in.
  const [begun] = useState(() => ({ ...documentForm(from), ...(from.lines.length === 0 && { lines: [blankLine(taxes)] }) }))
  const leave = () => navigate({ to: '/invoices/$id', params: { id: from.id } })
  return (
    <DocumentEditor
      kind="invoice"
      title={t(`kind.draft.${from.kind}`)}
      back={
        <Link to="/invoices/$id" params={{ id: from.id }}>
          <BackArrow /> {t(`kind.draft.${from.kind}`)}
        </Link>
      }
      defaults={begun}
      withDeal={false}
      note={from.kind === 'invoice' ? undefined : from.kind}
      save={async (form, force) => {
        const version = force ? (await queryClient.fetchQuery({ ...invoiceQuery(from.id), staleTime: 0 })).version : from.version
        await kept(await saveInvoice(from.id, version, inputOf(form)))
        toast({ text: t('invoice.saved') })
        await leave()
      }}
      onTheirs={() => void queryClient.invalidateQueries({ queryKey: ['invoice', 'one', from.id] }).then(leave)}
      onCancel={() => void leave()}
    />
  )
}
