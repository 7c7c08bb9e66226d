/** What needs somebody now, the most pressing first. */
import { Link } from '@tanstack/react-router'
import { AlarmClock, Bell, CircleCheckBig, FilePenLine, Handshake, Hourglass, MailWarning, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { date, isNothing } from '@/lib/format'
import { pageOf } from '@/lib/record'
import { Amount } from '@/ui/Amount'
import { Button } from '@/ui/Button'
import type { Need } from './api'

const LOOKS: Record<string, [LucideIcon, string]> = {
  invoice_overdue: [AlarmClock, 'bg-danger-wash text-danger'],
  quote_accepted: [CircleCheckBig, 'bg-good-wash text-good'],
  quote_expiring: [Hourglass, 'bg-warn-wash text-warn'],
  invoice_draft: [FilePenLine, 'bg-accent-wash text-accent-ink'],
  deal_late: [Handshake, 'bg-warn-wash text-warn'],
  mail_failed: [MailWarning, 'bg-danger-wash text-danger'],
  job_dead: [TriangleAlert, 'bg-danger-wash text-danger'],
}

/** For a kind newer than this page. */
const PLAIN: [LucideIcon, string] = [Bell, 'bg-accent-wash text-accent-ink']

const FIRST = 6

export function Needs({ needs }: { needs: Need[] }) {
  const { t } = useTranslation('home')
  const [all, setAll] = useState(false)
  const shown = all ? needs : needs.slice(0, FIRST)
  return (
    <section aria-labelledby="home-needs" className="panel overflow-hidden">
      <h2 id="home-needs" className="px-5 pt-4 pb-2 text-base max-md:px-4">
        {t('need.title')} {needs.length > 0 && <span className="tabular ml-1 font-normal text-faint">{needs.length}</span>}
      </h2>
      {needs.length === 0 && <p className="px-5 pb-5 text-base text-soft max-md:px-4">{t('need.nothing')}</p>}
      <ul>
        {shown.map((need) => (
          <li key={need.kind + need.subject} className="border-t border-line">
            <Row need={need} />
          </li>
        ))}
      </ul>
      {needs.length > FIRST && (
        <div className="border-t border-line px-3 py-1.5">
          <Button kind="quiet" size="sm" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('need.fewer') : t('need.more', { count: needs.length - FIRST })}
          </Button>
        </div>
      )}
    </section>
  )
}

/** What a line calls its record; work that failed is called by what it was to do. */
function useTitleOf(need: Need): string {
  const { t, i18n } = useTranslation(['home', 'jobs'])
  if (need.kind !== 'job_dead') return need.title || t('need.untitled')
  const key = `jobs:kind.${need.title.replaceAll('.', '_')}`
  return i18n.exists(key) ? t(key as 'jobs:kind.other') : need.title
}

function Row({ need }: { need: Need }) {
  const { t } = useTranslation('home')
  const [Icon, tone] = LOOKS[need.kind] ?? PLAIN
  const page = need.kind === 'job_dead' ? ({ to: '/settings/background-work' } as const) : pageOf(need.subject)
  const title = useTitleOf(need)
  const content = (
    <>
      <span aria-hidden className={cx('flex size-8 shrink-0 items-center justify-center rounded-md', tone)}>
        <Icon className="size-4" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-base font-medium">{[need.detail, title].filter(Boolean).join(' · ')}</span>
        <span className="block truncate text-sm text-soft">{need.kind in LOOKS ? t(`need.${need.kind}`, { date: date(need.on), count: need.count }) : date(need.on)}</span>
      </span>
      {need.amount && !isNothing(need.amount) && <span className="tabular shrink-0 text-base font-medium"><Amount value={need.amount} /></span>}
    </>
  )
  const frame = 'flex min-h-14 items-center gap-3 px-5 py-2 max-md:px-4'
  return page ? (
    <Link {...page} data-inset-focus className={cx(frame, 'hover:bg-hover/60')}>
      {content}
    </Link>
  ) : (
    <div className={frame}>{content}</div>
  )
}
