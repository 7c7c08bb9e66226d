/** What a deal offers: its lines, what they add up to, and the way to a quote. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FileText, Package, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSeesAmounts } from '@/api/me'
import { isLost } from '@/api/query'
import { isNothing, isSeen, money } from '@/lib/format'
import { Amount, AmountsHidden } from '@/ui/Amount'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { toastError } from '@/ui/Toast'
import { refreshSales } from '../document/api'
import { minus, rateText, reckoned } from '../document/words'
import { linesQuery, quoteDeal, type DealLine, type DealLines as Offer } from './api'
import { DealLinesDialog } from './DealLinesDialog'

export function DealLines({ deal }: { deal: string }) {
  const { t } = useTranslation('sales')
  const offer = useQuery(linesQuery(deal))
  const [editing, setEditing] = useState(false)
  const seesAmounts = useSeesAmounts()
  if (offer.isPending) return <Skeleton className="mb-6 h-28" />
  const { data } = offer
  if (!data || isLost(offer)) return <ErrorState error={offer.error} onRetry={() => void offer.refetch()} />
  const why = !data.actions.includes('update') ? t('not_allowed') : seesAmounts ? undefined : t('ui:amount.no_set')
  const empty = data.lines.length === 0
  return (
    <section aria-label={t('offer.title')} className="mx-auto mb-7 w-full max-w-2xl">
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-2">
        <h2 className="mr-auto text-base">{t('offer.title')}</h2>
        {!empty && (
          <Button size="sm" icon={<Pencil className="size-4" />} why={why} onClick={() => setEditing(true)}>
            {t('offer.edit')}
          </Button>
        )}
        <MakeQuote offer={data} />
      </div>
      {empty ? (
        <div className="panel flex flex-col items-center px-4 py-6 text-center">
          <Package aria-hidden className="mb-2 size-5 text-faint" />
          <p className="max-w-sm text-base text-soft">{t('offer.empty')}</p>
          <div className="mt-3">
            <Button size="sm" kind="primary" icon={<Plus className="size-4" />} why={why} onClick={() => setEditing(true)}>
              {t('offer.add_first')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="panel overflow-hidden">
          <ol aria-label={t('line.title')} className="divide-y divide-line">
            {data.lines.map((line, index) => (
              <Row key={index} line={line} amount={data.amounts[index] ?? null} />
            ))}
          </ol>
          {isSeen(data.total) ? (
            <Sums offer={data} />
          ) : (
            <div className="border-t border-line p-3">
              <AmountsHidden />
            </div>
          )}
        </div>
      )}
      {editing && <DealLinesDialog offer={data} onClose={() => setEditing(false)} />}
    </section>
  )
}

function MakeQuote({ offer }: { offer: Offer }) {
  const { t } = useTranslation('sales')
  const navigate = useNavigate()
  const make = useMutation({
    mutationFn: () => quoteDeal(offer.deal_id),
    onSuccess: (quote) => {
      void refreshSales()
      return navigate({ to: '/quotes/$id', params: { id: quote.id } })
    },
    onError: toastError,
  })
  return (
    <Button size="sm" icon={<FileText className="size-4" />} busy={make.isPending} why={offer.actions.includes('quote') ? undefined : t('not_allowed')} onClick={() => make.mutate()}>
      {t('offer.make_quote')}
    </Button>
  )
}

/** "12 van × 37,76 · Discount 10 %", and the amount. */
function Row({ line, amount }: { line: DealLine; amount: Offer['total'] | null }) {
  const { t } = useTranslation('sales')
  const off = line.discount_percent && t('line.discount_of', { discount: rateText(line.discount_percent) })
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="wrap-anywhere">{line.name}</span>
          {line.recurring && line.recurring !== 'once' && <Badge>{t(`offer.recurring.${line.recurring}`)}</Badge>}
        </div>
        {line.description && <div className="text-sm whitespace-pre-wrap text-soft wrap-anywhere">{line.description}</div>}
        <div className="tabular text-sm text-faint">{[reckoned(line), off].filter(Boolean).join(' · ')}</div>
      </div>
      <span className="tabular shrink-0 whitespace-nowrap">{amount && <Amount value={amount} />}</span>
    </li>
  )
}

/** How the lines add up, and how that stands to the deal's amount. */
function Sums({ offer }: { offer: Offer }) {
  const { t } = useTranslation('sales')
  const recurs = !isNothing(offer.monthly) || !isNothing(offer.yearly)
  const rows = [
    ...(isNothing(offer.discount)
      ? []
      : [
          { name: t('figure.gross'), value: money(offer.gross) },
          { name: t('figure.discount'), value: money(minus(offer.discount)) },
        ]),
    ...(recurs ? (['once', 'monthly', 'yearly'] as const).filter((kind) => !isNothing(offer[kind])).map((kind) => ({ name: t(`offer.of.${kind}`), value: money(offer[kind]) })) : []),
  ]
  return (
    <div className="border-t border-line bg-sunken px-4 py-3">
      <dl className="tabular flex flex-col gap-1">
        {rows.map((row) => (
          <div key={row.name} className="flex justify-between gap-4 text-sm text-soft">
            <dt>{row.name}</dt>
            <dd>{row.value}</dd>
          </div>
        ))}
        <div className="flex justify-between gap-4 font-semibold">
          <dt>{t('offer.total')}</dt>
          <dd>{money(offer.total)}</dd>
        </div>
      </dl>
      <p className="mt-1.5 text-sm text-soft">
        {offer.amount_from_lines ? t('offer.follows') : isNothing(offer.difference) ? t('offer.same') : t('offer.differs', { amount: money(offer.amount), difference: money(offer.difference) })}
        {recurs && ` ${t('offer.one_period')}`}
      </p>
    </div>
  )
}
