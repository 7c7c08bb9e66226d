/** The first rows as they will be stored, those passed over, and those that will be refused with the reason. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { date, nameOf, number } from '@/lib/format'
import { Badge } from '@/ui/Badge'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { previewQuery, type Import, type PreviewContact, type PreviewRow } from './api'
import { useTargetName } from './MappingTable'

/** What is shown of a contact, and how; a column without any value in the sample is left out. */
const FIELDS: [target: string, show: (contact: PreviewContact) => string | null][] = [
  ['full_name', (contact) => contact.display_name],
  ['job_title', (contact) => contact.job_title],
  ['email', (contact) => [contact.email, ...contact.emails].filter(Boolean).join(', ')],
  ['phone', (contact) => [contact.phone, ...contact.phones].filter(Boolean).join(', ')],
  ['street', (contact) => contact.street],
  ['postal_code', (contact) => contact.postal_code],
  ['city', (contact) => contact.city],
  ['region', (contact) => contact.region],
  ['country', (contact) => contact.country && nameOf('region', contact.country)],
  ['birth_date', (contact) => date(contact.birth_date)],
  ['language', (contact) => contact.language],
  ['tags', (contact) => contact.tags.join(', ')],
]

export function PreviewTable({ one }: { one: Import }) {
  const { t } = useTranslation('crm')
  const targetName = useTargetName()
  const preview = useQuery(previewQuery(one.id, one.version))
  if (preview.isPending) return <Skeleton className="h-64" />
  if (preview.isError) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
  const { rows } = preview.data
  const fields = one.noun === 'contact' ? FIELDS.filter(([, show]) => rows.some((row) => row.contact && show(row.contact))) : []
  const shown = [...new Set(rows.flatMap((row) => row.record?.fields.map((field) => field.target) ?? []))]
  const label = (target: string) => one.targets.find((known) => known.key === target)?.label ?? targetName(target)
  return (
    <div className="panel max-h-[30rem] overflow-auto" tabIndex={0} role="region" aria-label={t('import.preview')}>
      <table className="w-full border-separate border-spacing-0 text-base whitespace-nowrap">
        <thead>
          <tr className="text-left text-sm text-soft [&_th]:sticky [&_th]:top-0 [&_th]:border-b [&_th]:border-line [&_th]:bg-surface [&_th]:px-3 [&_th]:py-2 [&_th]:font-medium">
            <th>{t(one.format === 'vcard' ? 'import.card' : 'import.line')}</th>
            {fields.map(([target]) => (
              <th key={target}>{t(`target.${target}`)}</th>
            ))}
            {shown.map((target) => (
              <th key={target}>{label(target)}</th>
            ))}
            {one.noun === 'contact' && <th>{t('field.company')}</th>}
            <th>{t('import.becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number} className={cx('[&_td]:border-b [&_td]:border-line [&_td]:px-3 [&_td]:py-1.5', row.refused && 'bg-danger-wash')}>
              <td className="tabular text-faint">{number(one.format === 'vcard' ? row.number : row.line)}</td>
              <Cells row={row} fields={fields} shown={shown} />
              {one.noun === 'contact' && <td className="max-w-56 truncate">{row.company?.name}</td>}
              <td>
                <Becomes row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What the row becomes, field by field, or as it stands where it becomes nothing. */
function Cells({ row, fields, shown }: { row: PreviewRow; fields: typeof FIELDS; shown: string[] }) {
  const { contact, record } = row
  if (!contact && !record)
    return (
      <td colSpan={fields.length + shown.length || 1} className="max-w-96 truncate text-faint">
        {row.cells.join(' · ')}
      </td>
    )
  return (
    <>
      {fields.map(([target, show]) => (
        <td key={target} className="max-w-56 truncate">
          {contact && show(contact)}
        </td>
      ))}
      {shown.map((target) => (
        <td key={target} className="max-w-56 truncate">
          {record?.fields.find((field) => field.target === target)?.text}
        </td>
      ))}
    </>
  )
}

function Becomes({ row }: { row: PreviewRow }) {
  const { t } = useTranslation('crm')
  if (row.refused) return <span className="block max-w-80 text-sm whitespace-normal text-danger">{row.refused.message}</span>
  if (row.updates) return <Badge tone="info">{t('import.changes')}</Badge>
  if (row.duplicate) return <Badge tone="warn">{t('import.passed_over')}</Badge>
  return <Badge tone="good">{t(row.company && !row.company.exists ? 'import.new_with_company' : 'import.new')}</Badge>
}
