/** The first rows as they would be stored, and the first that would be refused. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { number } from '@/lib/format'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { previewQuery, type Import, type Preview } from './api'
import { useTargetName } from './MappingTable'

export function PreviewTable({ one }: { one: Import }) {
  const preview = useQuery(previewQuery(one.id, one.version))
  if (preview.isPending) return <Skeleton className="h-64" />
  if (preview.isError) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
  return <Table preview={preview.data} />
}

function Table({ preview }: { preview: Preview }) {
  const { t } = useTranslation('crm')
  const nameOf = useTargetName()
  const fields = [...new Set(preview.rows.flatMap((row) => Object.keys(row.contact).filter((field) => row.contact[field])))]
  return (
    <div className="flex flex-col gap-3">
      {preview.rows.length > 0 && (
        <div className="panel overflow-x-auto" tabIndex={0} role="region" aria-label={t('import.preview')}>
          <table className="w-full text-base whitespace-nowrap">
            <thead>
              <tr className="border-b border-line text-left text-sm text-soft">
                <th className="px-3 py-2 font-medium">#</th>
                {fields.map((field) => (
                  <th key={field} className="px-3 py-2 font-medium">
                    {nameOf(field)}
                  </th>
                ))}
                <th className="px-3 py-2 font-medium">{t('field.company')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.rows.map((row) => (
                <tr key={row.number} className="border-b border-line last:border-0">
                  <td className="tabular px-3 py-1.5 text-faint">{number(row.number)}</td>
                  {fields.map((field) => (
                    <td key={field} className="max-w-56 truncate px-3 py-1.5">
                      {row.contact[field]}
                    </td>
                  ))}
                  <td className="max-w-56 truncate px-3 py-1.5">{row.company}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {preview.refused.length > 0 && (
        <div className="panel p-4">
          <h3 className="mb-2 text-base">{t('import.would_refuse')}</h3>
          <ul className="flex flex-col gap-1.5">
            {preview.refused.map((row) => (
              <li key={row.number} className="text-base">
                <span className="tabular text-faint">{t('import.row', { number: number(row.number) })}</span> <span className="text-danger">{row.message}</span>
                <code className="ml-2 hidden truncate text-xs text-faint md:inline">{row.raw.slice(0, 120)}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
