/** Something that was held back: the words as they were typed, and what spoke against it. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ago, date, dateTime } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Attachments } from './Attachments'
import { heldQuery, type Held } from './api'

/** Lists cut each answer here. */
const CUT = 400

type Props = {
  held: Held
  /** Say by which form it came. */
  named: boolean
  chosen: boolean
  busy: boolean
  onChoose: (chosen: boolean) => void
  onRelease: () => void
  onReject: (() => void) | undefined
}

export function HeldCard({ held, named, chosen, busy, onChoose, onRelease, onReject }: Props) {
  const { t } = useTranslation('forms')
  const [whole, setWhole] = useState(false)
  const rest = useQuery({ ...heldQuery(held.id), enabled: whole })
  const { answers } = rest.data ?? held
  const who = held.answers.find((one) => one.key !== 'message' && one.value)?.value ?? t('held.nobody')
  const cut = held.answers.some((one) => one.value.length >= CUT)
  return (
    <li className="panel p-4">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="flex h-(--text-base--line-height) items-center">
          <Checkbox labelHidden label={t('held.choose', { name: who })} checked={chosen} onChange={onChoose} />
        </div>
        <div className="min-w-0 flex-1 basis-56">
          <div className="flex flex-wrap items-baseline gap-x-2 text-sm text-soft">
            {named && (
              <Link to="/forms/$id" params={{ id: held.form_id }} className="font-medium text-ink hover:underline">
                <bdi>{held.form_name}</bdi>
              </Link>
            )}
            <time dateTime={held.created_at} title={dateTime(held.created_at)}>
              {ago(held.created_at)}
            </time>
            <span>{held.rejected_at ? t('held.going') : t('held.kept_until', { when: date(held.erased_after) })}</span>
          </div>
          <dl className="mt-2 space-y-1 text-base">
            {answers
              .filter((one) => one.value)
              .map((one) => (
                <div key={one.key} className="grid gap-x-3 sm:grid-cols-[9rem_1fr]">
                  <dt className="text-sm text-soft" dir="auto">
                    {one.label}
                  </dt>
                  <dd className="whitespace-pre-wrap wrap-anywhere" dir="auto">
                    {one.value}
                  </dd>
                </div>
              ))}
          </dl>
          {cut && !rest.data && (
            <button
              type="button"
              className="mt-1 text-base text-accent-ink underline"
              aria-busy={rest.isFetching}
              onClick={() => {
                // What could not be read is asked for again.
                if (whole) void rest.refetch()
                else setWhole(true)
              }}
            >
              {t('held.whole')}
            </button>
          )}
          <Attachments files={held.attachments} />
          <ul className="mt-3 flex flex-wrap gap-1.5" aria-label={t('held.why', { points: held.points })}>
            {held.reasons.map((reason) => (
              <li key={reason.sign} className="max-w-full">
                <Badge tone={reason.points < 0 ? 'good' : 'warn'} className="h-auto min-h-5 whitespace-normal">
                  {t(`sign.${reason.sign}`)} <span className="tabular">{reason.points > 0 ? `+${reason.points}` : reason.points}</span>
                </Badge>
              </li>
            ))}
          </ul>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" disabled={busy} onClick={onRelease}>
            {t('held.release')}
          </Button>
          {onReject && (
            <Button size="sm" disabled={busy} onClick={onReject}>
              {t('held.reject')}
            </Button>
          )}
        </div>
      </div>
    </li>
  )
}
