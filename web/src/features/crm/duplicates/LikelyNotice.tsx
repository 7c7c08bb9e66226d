/** Told while typing: who is likely there already, with the reasons. Asked a moment after the last letter. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pageOf } from '@/lib/record'
import { Notice } from '@/ui/Notice'
import type { Likely } from './api'
import { Reasons } from './reasons'

type Props<T> = {
  /** What is typed so far. */
  typed: T
  ask: (typed: T) => Promise<{ items: Likely[] }>
}

export function LikelyNotice<T extends Record<string, unknown>>({ typed, ask }: Props<T>) {
  const { t } = useTranslation('duplicates')
  const now = JSON.stringify(typed)
  const [settled, setSettled] = useState(now)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(now), 400)
    return () => clearTimeout(timer)
  }, [now])
  const something = Object.values(typed).some((value) => typeof value === 'string' && value.trim().length > 2)
  const likely = useQuery({
    queryKey: ['duplicate', 'likely', settled],
    queryFn: () => ask(JSON.parse(settled) as T),
    enabled: something,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  const found = something ? (likely.data?.items ?? []) : []
  return (
    <div aria-live="polite">
      {found.length > 0 && (
        <Notice tone="warn">
          <p className="font-medium">{t('typing.title', { count: found.length })}</p>
          <ul className="mt-1 space-y-2">
            {found.map((one) => {
              const page = pageOf(one.id)
              return (
                <li key={one.id} className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  {page && (
                    <Link {...page} target="_blank" className="font-medium underline">
                      {one.name}
                    </Link>
                  )}
                  {one.detail && <span className="text-soft">{one.detail}</span>}
                  <Reasons reasons={one.reasons} />
                </li>
              )
            })}
          </ul>
        </Notice>
      )}
    </div>
  )
}
