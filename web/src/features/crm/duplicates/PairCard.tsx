/** One pair: both records side by side, why they are held to be the same, and what can be done. */
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { date, percent } from '@/lib/format'
import { pageOf } from '@/lib/record'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { addressLines } from '../address'
import type { Ref } from '../api'
import type { Pair } from './api'
import { Reasons } from './reasons'

type Side = { id: string; name: string; facts: { label: string; value: string }[] }

/** The two records of a pair. */
export function sidesOf(pair: Pair): [Ref, Ref] {
  const [first, second] = pair.noun === 'contact' ? pair.contacts : pair.companies
  const none = { id: '', name: '' }
  return [first ?? none, second ?? none]
}

function useSides(pair: Pair): Side[] {
  const { t } = useTranslation(['duplicates', 'crm'])
  const fact = (label: string, value: string | null | undefined) => (value ? [{ label, value }] : [])
  if (pair.noun === 'contact') {
    return pair.contacts.map((one) => ({
      id: one.id,
      name: one.name,
      facts: [
        ...fact(t('crm:field.email'), [one.email, ...one.emails].filter(Boolean).join(', ')),
        ...fact(t('crm:field.phone'), [one.phone, ...one.phones].filter(Boolean).join(', ')),
        ...fact(t('crm:field.company'), one.company?.name),
        ...fact(t('field.birth_date'), one.birth_date && date(one.birth_date)),
        ...fact(t('crm:field.address'), addressLines(one).join(', ')),
        ...fact(t('crm:field.created'), date(one.created_at)),
      ],
    }))
  }
  return pair.companies.map((one) => ({
    id: one.id,
    name: one.name,
    facts: [
      ...fact(t('crm:field.tax_id'), one.tax_id),
      ...fact(t('crm:field.website'), one.website),
      ...fact(t('crm:field.email'), one.email),
      ...fact(t('crm:field.phone'), one.phone),
      ...fact(t('crm:field.address'), addressLines(one).join(', ')),
      ...fact(t('crm:field.created'), date(one.created_at)),
    ],
  }))
}

type Props = {
  pair: Pair
  /** The one the keys act on. */
  focused: boolean
  busy: boolean
  onFocus: () => void
  onMerge: () => void
  onSettle: (state: 'open' | 'distinct') => void
}

export function PairCard({ pair, focused, busy, onFocus, onMerge, onSettle }: Props) {
  const { t } = useTranslation(['duplicates', 'crm'])
  const sides = useSides(pair)
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (focused) item.current?.scrollIntoView({ block: 'nearest' })
  }, [focused])
  const may = (action: string) => (pair.actions.includes(action) ? undefined : t('crm:not_allowed'))
  return (
    <li ref={item} aria-current={focused || undefined} onFocusCapture={onFocus} className={cx('panel p-4', focused && 'border-accent')}>
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={pair.score >= 90 ? 'good' : 'warn'}>{t('score', { percent: percent(pair.score / 100) })}</Badge>
        <Reasons reasons={pair.reasons} />
      </div>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        {sides.map((side) => {
          const page = pageOf(side.id)
          return (
            <div key={side.id} className="min-w-0">
              {page && (
                <Link {...page} className="font-medium wrap-anywhere hover:underline">
                  {side.name}
                </Link>
              )}
              <dl className="mt-1 space-y-0.5 text-sm">
                {side.facts.map(({ label, value }) => (
                  <div key={label} className="flex gap-2">
                    <dt className="w-24 shrink-0 text-faint">{label}</dt>
                    <dd className="min-w-0 wrap-anywhere">{value}</dd>
                  </div>
                ))}
              </dl>
            </div>
          )
        })}
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        {pair.state === 'open' ? (
          <>
            <Button kind="primary" why={may('merge')} onClick={onMerge}>
              {t('merge.open')}
            </Button>
            <Button busy={busy && focused} why={may('dismiss')} onClick={() => onSettle('distinct')}>
              {t('dismiss')}
            </Button>
          </>
        ) : (
          <>
            {pair.settled_by && pair.settled_at && <span className="self-center text-sm text-soft">{t('settled_by', { name: pair.settled_by.name, date: date(pair.settled_at) })}</span>}
            <Button why={may('reopen')} onClick={() => onSettle('open')}>
              {t('reopen')}
            </Button>
          </>
        )}
      </div>
    </li>
  )
}
