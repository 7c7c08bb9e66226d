/** The customer's answer and what proves it: to exactly what, when, from where, in which words. */
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { dateTime } from '@/lib/format'
import type { Answer } from './api'

export function Evidence({ answer }: { answer: Answer }) {
  const { t } = useTranslation('sales')
  const accepted = answer.decision === 'accepted'
  const Icon = accepted ? ThumbsUp : ThumbsDown
  const rows = [
    { name: t('evidence.consent'), value: answer.consent_text },
    { name: t('evidence.ip'), value: answer.ip },
    { name: t('evidence.agent'), value: answer.user_agent },
    { name: t('evidence.pdf'), value: answer.pdf_sha256, code: true },
    { name: t('evidence.snapshot'), value: answer.snapshot_sha256, code: true },
  ].filter((row) => row.value)
  return (
    <section aria-labelledby="evidence" className="panel p-4">
      <div className="flex items-start gap-3">
        <Icon aria-hidden className={accepted ? 'mt-0.5 size-4 shrink-0 text-good' : 'mt-0.5 size-4 shrink-0 text-danger'} />
        <div className="min-w-0 flex-1">
          <h2 id="evidence" className="text-base">
            {accepted ? t('evidence.accepted', { name: answer.name ?? '' }) : t('evidence.declined')}
          </h2>
          <p className="text-sm text-soft">{dateTime(answer.at)}</p>
          {answer.reason && <blockquote className="mt-2 border-l-2 border-line pl-3 text-base wrap-anywhere whitespace-pre-wrap">{answer.reason}</blockquote>}
          <details className="group mt-2">
            <summary className="w-fit rounded-sm text-sm text-accent-ink hover:underline">{t('evidence.title')}</summary>
            <dl className="mt-2 flex flex-col gap-2 text-sm">
              {rows.map((row) => (
                <div key={row.name}>
                  <dt className="text-faint">{row.name}</dt>
                  <dd className={row.code ? 'font-mono text-xs break-all' : 'wrap-anywhere'}>{row.value}</dd>
                </div>
              ))}
            </dl>
          </details>
        </div>
      </div>
    </section>
  )
}
