/** One entry of the audit trail: who, for whom, from where, and each field before and after. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { dateTime } from '@/lib/format'
import { HiddenAmount } from '@/ui/Amount'
import { Notice } from '@/ui/Notice'
import { Sheet } from '@/ui/Sheet'
import type { AuditEntry } from './api'
import type { Names } from './AuditPage'
import { Seal } from './Seal'

type Props = { entry: AuditEntry | null; who: Names['name']; onClose: () => void }

export function AuditDetail({ entry, who, onClose }: Props) {
  const { t } = useTranslation('trust')
  return (
    <Sheet open={!!entry} onClose={onClose} title={entry?.action ?? ''}>
      {entry && (
        <div className="flex flex-col gap-5 px-4 pt-1 pb-6">
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-base">
            <Fact name={t('field.at')}>{dateTime(entry.at)}</Fact>
            <Fact name={t('field.actor')}>{who(entry.actor_kind, entry.actor_id)}</Fact>
            {entry.on_behalf_of && <Fact name={t('field.on_behalf_of')}>{who(kindOf(entry.on_behalf_of), entry.on_behalf_of)}</Fact>}
            <Fact name={t('field.subject')} code>
              {entry.subject}
            </Fact>
            {entry.ip && <Fact name={t('field.ip')}>{entry.ip}</Fact>}
            {entry.user_agent && <Fact name={t('field.user_agent')}>{entry.user_agent}</Fact>}
            {entry.request_id && (
              <Fact name={t('field.request')} code>
                {entry.request_id}
              </Fact>
            )}
            <Fact name={t('field.id')} code>
              {entry.id}
            </Fact>
            <Fact name={t('field.seal')}>
              <Seal entry={entry} />
            </Fact>
          </dl>
          {entry.erased ? <Notice>{t('erased')}</Notice> : <Changes changes={entry.changes as Record<string, Change>} />}
        </div>
      )}
    </Sheet>
  )
}

const kindOf = (id: string) => ({ mem: 'member', key: 'api_key', lnk: 'recipient' })[id.split('_')[0] ?? ''] ?? 'member'

function Fact({ name, code, children }: { name: string; code?: boolean; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className={code ? 'font-mono text-sm wrap-anywhere' : 'wrap-anywhere'}>{children}</dd>
    </>
  )
}

/** Texts as they are, everything else as JSON; nothing where there was nothing. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Before and after; null where they are amounts that the reader may not see. */
type Change = [unknown, unknown] | null

function Changes({ changes }: { changes: Record<string, Change> }) {
  const { t } = useTranslation('trust')
  const rows = Object.entries(changes)
  if (rows.length === 0) return <p className="text-base text-soft">{t('no_values')}</p>
  return (
    <table className="w-full table-fixed text-sm">
      <thead>
        <tr className="text-left text-faint">
          <th scope="col" className="w-1/3 pr-2 pb-1 font-medium">
            {t('field.field')}
          </th>
          <th scope="col" className="pr-2 pb-1 font-medium">
            {t('field.before')}
          </th>
          <th scope="col" className="pb-1 font-medium">
            {t('field.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([field, change]) => (
          <tr key={field} className="border-t border-line align-top">
            <th scope="row" className="py-1.5 pr-2 text-left font-mono text-xs font-normal wrap-anywhere text-soft">
              {field}
            </th>
            <td className="py-1.5 pr-2 wrap-anywhere text-soft">{change ? shown(change[0]) : <HiddenAmount />}</td>
            <td className="py-1.5 wrap-anywhere">{change ? shown(change[1]) : <HiddenAmount />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
