/** The words of a mail as they were sent. Links are shown, not followed: they are the recipient's. */
import { useTranslation } from 'react-i18next'
import type { Part } from './api'

export function MailBody({ parts }: { parts: Part[] }) {
  const { t } = useTranslation('mail')
  if (parts.length === 0) return <p className="panel p-4 text-base text-soft">{t('body_secret')}</p>
  return (
    <article aria-label={t('body')} className="panel flex max-w-2xl flex-col gap-3 p-5 wrap-anywhere max-md:p-4">
      {parts.map((part, index) => (
        <Piece key={index} part={part} />
      ))}
    </article>
  )
}

function Piece({ part }: { part: Part }) {
  if ('text' in part) return <p className="whitespace-pre-wrap">{part.text}</p>
  if ('quote' in part) return <blockquote className="border-l-2 border-line pl-3 whitespace-pre-wrap text-soft">{part.quote}</blockquote>
  if ('button' in part) {
    return (
      <p>
        <span className="inline-block rounded-md border border-edge/60 px-3 py-1.5 font-medium">{part.button.label}</span>
        <span className="mt-1 block text-sm text-faint">{part.button.url}</span>
      </p>
    )
  }
  return (
    <dl className="tabular grid w-fit grid-cols-[auto_auto] gap-x-6 gap-y-1">
      {part.facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
