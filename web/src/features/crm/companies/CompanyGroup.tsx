/** The companies below one, as an indented tree with what each and all of them amount to. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CornerDownRight, Plus } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ok } from '@/api/client'
import type { Schema } from '@/api/schema'
import { isSeen, money, number } from '@/lib/format'
import { HiddenAmount } from '@/ui/Amount'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { Related } from '@/ui/RecordLayout'
import { Skeleton } from '@/ui/Skeleton'
import type { Company } from '../api'
import { CompanyDialog } from './CompanyDialog'

type Figures = Schema<'GroupFigures'>
type Grouped = Schema<'GroupedCompany'>

export const groupQuery = (id: string) =>
  queryOptions({ queryKey: ['company_group', id], queryFn: () => ok(api.GET('/api/v1/companies/{id}/group', { params: { path: { id } } })) })

export function CompanyGroup({ company }: { company: Company }) {
  const { t } = useTranslation('group')
  const [adding, setAdding] = useState(false)
  const group = useQuery(groupQuery(company.id))
  const may = company.actions.includes('update')
  const [top, ...below] = group.data?.companies ?? []
  return (
    <Related
      title={t('title')}
      count={group.data?.below ?? 0}
      action={may && <IconButton size="sm" label={t('add')} icon={<Plus className="size-4" />} onClick={() => setAdding(true)} />}
    >
      {group.isPending && <Skeleton className="h-24" />}
      {group.isError && <ErrorState error={group.error} onRetry={() => void group.refetch()} />}
      {top && below.length === 0 && <p className="text-sm text-faint">{t('none')}</p>}
      {top && below.length > 0 && (
        <>
          <Totals name={top.name} figures={top.total} />
          <ul aria-label={t('title')} className="mt-2" onKeyDown={walk}>
            {below.map((one) => (
              <Row key={one.id} company={one} />
            ))}
          </ul>
          {group.data && group.data.below > below.length && <p className="text-sm text-faint">{t('more', { count: group.data.below - below.length })}</p>}
        </>
      )}
      <CompanyDialog open={adding} onClose={() => setAdding(false)} parent={{ id: company.id, name: company.name }} />
    </Related>
  )
}

/** Up and down go from company to company, as in any list. */
function walk(event: KeyboardEvent<HTMLUListElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const links = [...event.currentTarget.querySelectorAll('a')]
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}

/** What a list of amounts says; null where it is hidden. */
const amounts = (list: Figures['revenue']): string | null => {
  if (!list?.length) return '–'
  return list.every(isSeen) ? list.map((one) => money(one)).join(' + ') : null
}

/** How much and of how many; of how many alone where the amounts are not shown to one. */
const sum = (count: number, list: Figures['revenue']) => (list ? { value: count ? amounts(list) : '–', note: count } : { value: number(count) })

function Totals({ name, figures }: { name: string; figures: Figures }) {
  const { t } = useTranslation('group')
  const items = [
    figures.revenue && { label: t('revenue'), value: amounts(figures.revenue) },
    typeof figures.open_invoices === 'number' && { label: t('open_invoices'), ...sum(figures.open_invoices, figures.open_invoices_amount) },
    typeof figures.open_deals === 'number' && { label: t('open_deals'), ...sum(figures.open_deals, figures.open_deals_amount) },
    typeof figures.contacts === 'number' && { label: t('contacts'), value: number(figures.contacts) },
  ].filter((item) => !!item)
  return (
    <dl aria-label={t('all', { name })} className="rounded-md border border-line px-3 py-2 text-sm">
      {items.map((item) => (
        <div key={item.label} className="flex items-baseline justify-between gap-3 py-0.5">
          <dt className="text-soft">
            {item.label}
            {'note' in item && !!item.note && <span className="text-faint"> ({number(item.note)})</span>}
          </dt>
          <dd className="tabular min-w-0 text-right font-medium wrap-anywhere">{item.value ?? <HiddenAmount />}</dd>
        </div>
      ))}
    </dl>
  )
}

function Row({ company }: { company: Grouped }) {
  const { t } = useTranslation('group')
  const { total } = company
  const open = total.open_invoices && total.open_invoices_amount ? amounts(total.open_invoices_amount) : null
  const said = [
    total.revenue?.length ? amounts(total.revenue) : null,
    open && t('owes', { amount: open }),
    total.contacts ? t('people', { count: total.contacts }) : null,
  ].filter(Boolean)
  return (
    <li style={{ paddingInlineStart: `${Math.min(company.depth - 1, 6) * 0.875}rem` }}>
      <Link to="/companies/$id" params={{ id: company.id }} className="-mx-2 flex gap-1.5 rounded-md px-2 py-1.5 hover:bg-hover">
        <CornerDownRight aria-hidden className="mt-1 size-3.5 shrink-0 text-faint" />
        <span className="min-w-0 flex-1">
          <span className="sr-only">{t('level', { level: company.depth })} </span>
          <span className="block truncate text-base">{company.name}</span>
          {said.length > 0 && <span className="tabular block text-sm text-faint">{said.join(' · ')}</span>}
        </span>
      </Link>
    </li>
  )
}

/** The way down to a company, before its name. */
export function CompanyTrail({ company }: { company: Company }) {
  const { t } = useTranslation('group')
  const group = useQuery({ ...groupQuery(company.id), enabled: !!company.parent })
  const above = group.data?.ancestors ?? (company.parent ? [company.parent] : [])
  if (above.length === 0) return null
  return (
    <nav aria-label={t('trail')} className="min-w-0">
      <ol className="flex flex-wrap items-center">
        {above.map((one) => (
          <li key={one.id} className="flex min-w-0 items-center">
            <span aria-hidden className="mx-1.5 text-faint">/</span>
            <Link to="/companies/$id" params={{ id: one.id }} className="truncate">
              {one.name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
