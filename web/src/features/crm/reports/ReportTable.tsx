/** All figures of a report. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { pageOf } from '@/lib/record'
import type { Report } from './api'
import { useReportWords } from './words'

export function ReportTable({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const { rowName, columnName, figure } = useReportWords()
  return (
    // The table may be wider than a phone: it scrolls by itself, and by keyboard.
    <div tabIndex={0} role="region" aria-label={t(`kind.${report.kind}`)} className="overflow-x-auto rounded-lg border border-line">
      <table className="w-full text-base">
        <thead className="bg-sunken text-left text-sm text-soft">
          <tr>
            <th scope="col" className="px-4 py-2 font-medium">
              {t(`rows.${report.kind}`)}
            </th>
            {report.columns.map((column) => (
              <th key={columnName(column)} scope="col" className="px-4 py-2 text-right font-medium whitespace-nowrap">
                {columnName(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row, index) => {
            const page = row.id && pageOf(row.id)
            return (
              <tr key={row.id ?? row.label ?? row.special ?? index} className="border-t border-line">
                <th scope="row" dir="auto" className="px-4 py-2 text-left font-normal">
                  {page ? (
                    <Link {...page} className="hover:underline">
                      {rowName(row, report.kind)}
                    </Link>
                  ) : (
                    rowName(row, report.kind)
                  )}
                </th>
                {report.columns.map((column, at) => (
                  <td key={columnName(column)} className="tabular px-4 py-2 text-right whitespace-nowrap">
                    {figure(column, row.values[at])}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
