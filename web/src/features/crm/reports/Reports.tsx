/** Reports: one at a time, as a chart and as the table it is drawn from, with what is counted said beside it. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ChartColumn, Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan, useMe, useSeesAmounts } from '@/api/me'
import { date } from '@/lib/format'
import { Button } from '@/ui/Button'
import { BarChart } from '@/ui/Chart'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { PageHeader } from '@/ui/PageHeader'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { pipelinesQuery } from '../api'
import { OwnerFilter } from '../OwnerFilter'
import { countsOf, filteredOf, KINDS, ofDeals, ofNow, reportQuery, type Asked, type Report, type ReportKind } from './api'
import { PERIODS } from './period'
import { ReportTable } from './ReportTable'
import { useReportView } from './useReportView'
import { ViewBar } from '../views/ViewBar'
import { useReportWords } from './words'

const route = getRouteApi('/_app/reports')
const NEEDS: Partial<Record<ReportKind, string>> = { activity: 'activity.read', source: 'lead.read' }

export function Reports() {
  const { t } = useTranslation('reports')
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/reports' })
  const { permissions } = useMe()
  const mayExport = useCan('report.export')
  const seesAmounts = useSeesAmounts()
  const set = (change: { [K in keyof typeof search]?: (typeof search)[K] | undefined }) => void navigate({ search: (before) => ({ ...before, ...change }) as typeof search, replace: true })
  const view = useReportView(search, set)
  const { kind, period } = view
  const pipelines = useQuery(pipelinesQuery)
  const all = pipelines.data?.items ?? []
  const asked: Asked = {
    ...(ofDeals(kind) && search.pipeline ? { pipeline_id: search.pipeline } : {}),
    ...(search.owner ? { owner_id: search.owner } : {}),
    ...(ofNow(kind) ? {} : { period }),
    ...(view.filter ? { filter: JSON.stringify(view.filter) } : {}),
  }
  const report = useQuery(reportQuery(kind, asked))
  const kinds = KINDS.filter((one) => !NEEDS[one] || permissions.includes(NEEDS[one]))
  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <PageHeader
        title={t('title')}
        actions={
          mayExport && (
            <Button kind="quiet" icon={<Download className="size-4" />} onClick={() => window.location.assign(`/api/v1/reports/${kind}/export.csv?${new URLSearchParams(asked).toString()}`)}>
              {t('export')}
            </Button>
          )
        }
      />
      <ViewBar list={view} plain={t('plain')} />
      <div className="flex flex-wrap items-center gap-2 px-6 pb-3 max-md:px-4">
        <Select label={t('kind_label')} labelHidden className="w-56 max-md:w-full" value={kind} options={kinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))} onChange={(event) => {
            const next = KINDS.find((one) => one === event.target.value)
            // A filter is about deals or about leads: one of the others says nothing here.
            set({ kind: next, ...(next && filteredOf(next) !== view.filtered ? { filter: undefined } : {}) })
          }} />
        {ofDeals(kind) && all.length > 1 && (
          <Select label={t('pipeline')} labelHidden className="w-48 max-md:w-full" value={search.pipeline ?? all[0]?.id ?? ''} options={all.map((one) => ({ value: one.id, label: one.name }))} onChange={(event) => set({ pipeline: event.target.value })} />
        )}
        {!ofNow(kind) && (
          <Select label={t('period_label')} labelHidden className="w-44 max-md:w-full" value={period} options={PERIODS.map((one) => ({ value: one, label: t(`period.${one}`) }))} onChange={(event) => set({ period: PERIODS.find((one) => one === event.target.value) })} />
        )}
        <OwnerFilter value={search.owner} onChange={(owner) => set({ owner })} />
      </div>
      <div className="space-y-6 px-6 pb-10 max-md:px-4">
        <p className="max-w-3xl text-base text-soft">{t(`about.${kind}`)}</p>
        {report.isPending && <Skeleton className="h-80" />}
        {report.isError && <ErrorState error={report.error} onRetry={() => void report.refetch()} />}
        {report.data && (seesAmounts ? <Shown report={report.data} /> : <Counted report={report.data} />)}
      </div>
    </div>
  )
}

/** The report for who sees no amounts: what is counted of it. */
function Counted({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const counts = countsOf(report)
  return (
    <>
      {counts.columns.length < report.columns.length && <Notice>{t('amounts_hidden')}</Notice>}
      <Shown report={counts} />
    </>
  )
}

function Shown({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const { rowName, columnName, figure } = useReportWords()
  const counts = report.rows.some((row) => row.values.some((value) => value !== null && Number(value) !== 0))
  if (!counts) {
    return (
      <EmptyState icon={<ChartColumn />} title={t('empty_title')}>
        {t('empty_text')}
      </EmptyState>
    )
  }
  // What is drawn: the amounts where there are any, of the first currency; else the first column.
  const at = Math.max(0, report.columns.findIndex((column) => column.key === (report.kind === 'velocity' ? 'median' : report.kind === 'conversion' || report.kind === 'activity' || report.kind === 'source' ? report.columns[0]?.key : 'amount')))
  const column = report.columns[at]
  const bars = column ? report.rows.map((row) => ({ label: rowName(row, report.kind), size: Math.max(0, Number(row.values[at] ?? 0)), shown: figure(column, row.values[at]) })) : []
  return (
    <>
      {report.from && report.to && (
        <p className="text-sm text-faint">
          {date(report.from)} – {date(report.to)}
        </p>
      )}
      {column && (
        <div className="panel max-w-4xl p-5 max-md:p-4">
          <BarChart title={`${t(`kind.${report.kind}`)} · ${columnName(column)}`} bars={bars} valueName={columnName(column)} />
        </div>
      )}
      <ReportTable report={report} />
    </>
  )
}
