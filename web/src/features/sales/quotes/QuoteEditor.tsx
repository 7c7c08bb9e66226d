/** Writing a quote, new or again. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { isLost, queryClient } from '@/api/query'
import { date } from '@/lib/format'
import { isLanguage } from '@/lib/i18n'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { BackArrow } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'
import { entitiesQuery } from '../billing/api'
import { presetsQuery, refreshSales } from '../document/api'
import { DocumentEditor } from '../document/DocumentEditor'
import { blankLine, documentForm, documentInput, inDays, type DocumentForm } from '../document/form'
import { startQuery } from '../document/start'
import { createQuote, quoteQuery, saveQuote, type Quote, type QuoteInput } from './api'

const editRoute = getRouteApi('/_app/quotes/$id/edit')
const newRoute = getRouteApi('/_app/quotes/new')

const inputOf = (form: DocumentForm): QuoteInput => ({
  ...documentInput(form),
  title: form.title.trim(),
  deal_id: form.deal?.id ?? null,
  valid_until: form.valid_until || null,
  terms: form.terms.trim() || null,
})

export function NewQuote() {
  const { t } = useTranslation('sales')
  const navigate = useNavigate()
  const me = useMe()
  const search = newRoute.useSearch()
  const start = useQuery(startQuery(search))
  const entities = useQuery(entitiesQuery)
  const presets = useQuery(presetsQuery)
  if (start.isPending || entities.isPending || presets.isPending) return <PageSkeleton />
  const issuer = entities.data?.items.find((one) => one.is_default) ?? entities.data?.items[0]
  const begun = start.data ?? { title: '', company: null, contact: null, deal: null, language: null, currency: null }
  const defaults: DocumentForm = {
    ...documentForm({
      title: begun.title,
      company: begun.company,
      contact: begun.contact,
      deal: begun.deal,
      language: begun.language ?? issuer?.language ?? (isLanguage(me.tenant.language) ? me.tenant.language : 'en'),
      currency: begun.currency ?? issuer?.currency ?? me.tenant.currency,
      valid_until: inDays(issuer?.quote_days ?? 30),
      prices_include_tax: false,
      allowance: null,
      lines: [],
      notes: null,
      reference: null,
    }),
    lines: [blankLine((presets.data?.items ?? []).filter((preset) => preset.suggested).map((preset) => preset.tax))],
  }
  return (
    <DocumentEditor
      kind="quote"
      title={t('quote.new')}
      back={
        <Link to="/quotes">
          <BackArrow /> {t('app:nav.quotes')}
        </Link>
      }
      defaults={defaults}
      withDeal
      save={async (form) => {
        const saved = await createQuote(inputOf(form))
        await kept(saved)
        toast({ text: t('quote.saved') })
        await navigate({ to: '/quotes/$id', params: { id: saved.id }, replace: true })
      }}
      onTheirs={() => undefined}
      onCancel={() => void navigate({ to: '/quotes' })}
    />
  )
}

async function kept(saved: Quote): Promise<void> {
  queryClient.setQueryData(quoteQuery(saved.id).queryKey, saved)
  await refreshSales()
}

export function EditQuote() {
  const { id } = editRoute.useParams()
  const quote = useQuery({ ...quoteQuery(id), refetchOnWindowFocus: false, staleTime: Infinity, refetchOnMount: 'always' })
  if (quote.isPending || (quote.isFetching && !quote.isFetchedAfterMount)) return <PageSkeleton />
  if (!quote.data || isLost(quote)) return <ErrorState isPage error={quote.error} onRetry={() => void quote.refetch()} />
  return <Editor key={id} first={quote.data} />
}

function Editor({ first }: { first: Quote }) {
  const { t } = useTranslation('sales')
  const navigate = useNavigate()
  // What the form was filled from: live news must not change what somebody is typing over.
  const [from] = useState(first)
  const leave = () => navigate({ to: '/quotes/$id', params: { id: from.id } })
  return (
    <DocumentEditor
      kind="quote"
      title={from.number ? t('quote.edit_number', { number: from.number }) : t('quote.edit')}
      back={
        <Link to="/quotes/$id" params={{ id: from.id }}>
          <BackArrow /> {from.number ?? t('quote.one')}
        </Link>
      }
      notice={from.state !== 'draft' && <Notice tone="warn">{t('quote.edit_sent', { date: date(from.sent_at) })}</Notice>}
      defaults={documentForm(from)}
      withDeal
      save={async (form, force) => {
        const version = force ? (await queryClient.fetchQuery({ ...quoteQuery(from.id), staleTime: 0 })).version : from.version
        await kept(await saveQuote(from.id, version, inputOf(form)))
        toast({ text: t('quote.saved') })
        await leave()
      }}
      onTheirs={() => void queryClient.invalidateQueries({ queryKey: ['quote', 'one', from.id] }).then(leave)}
      onCancel={() => void leave()}
    />
  )
}
