/** Deals as a board, or as a list with all of them, won and lost too. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { CalendarDays, Handshake, Kanban, List, Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { isLost } from '@/api/query'
import { useShortcut } from '@/lib/shortcuts'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Segmented } from '@/ui/Segmented'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { boardQuery, pipelinesQuery } from '../api'
import { ExportMenu } from '../ExportMenu'
import { ImportButton } from '../imports/ImportButton'
import { DealBoard } from './DealBoard'
import { DealDialog } from './DealDialog'
import { DealList } from './DealList'

const route = getRouteApi('/_app/deals')

export function DealPage() {
  const { t } = useTranslation(['crm', 'reports', 'views'])
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/deals' })
  const mayCreate = useCan('deal.edit')
  const mayExport = useCan('deal.export')
  const [stage, setStage] = useState<string>()
  const pipelines = useQuery(pipelinesQuery)
  const pipeline = pipelines.data?.items.find((one) => one.id === search.pipeline) ?? pipelines.data?.items[0]
  const set = (change: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  useShortcut({ keys: 'c', label: t('deal.new'), group: t('ui:shortcuts.list') }, () => set({ new: true }), mayCreate)
  const create = (
    <Button kind="primary" icon={<Plus className="size-4" />} why={mayCreate ? undefined : t('not_allowed')} onClick={() => set({ new: true })}>
      {t('deal.new')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('app:nav.deals')}
        actions={
          <>
            {(pipelines.data?.items.length ?? 0) > 1 && (
              <Select
                label={t('deal.pipeline')}
                labelHidden
                value={pipeline?.id ?? ''}
                onChange={(event) => set({ pipeline: event.target.value })}
                options={(pipelines.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
              />
            )}
            <Segmented
              label={t('deal.view')}
              value={search.view !== 'list' ? 'board' : search.layout === 'calendar' ? 'calendar' : 'list'}
              onChange={(view) => set(view === 'calendar' ? { view: 'list', layout: 'calendar', on: 'expected_close', by: undefined } : { view: view === 'list' ? 'list' : undefined, layout: undefined, on: undefined })}
              options={[
                { value: 'board', label: t('deal.board'), icon: <Kanban className="size-4" /> },
                { value: 'list', label: t('deal.list'), icon: <List className="size-4" /> },
                { value: 'calendar', label: t('views:layout.calendar_alone'), icon: <CalendarDays className="size-4" /> },
              ]}
            />
            {mayExport && search.view === 'list' && <ExportMenu list="deals" formats={['csv', 'xlsx']} />}
            <ImportButton noun="deal" className="max-md:hidden" />
            {create}
          </>
        }
      />
      {pipelines.isError && <ErrorState error={pipelines.error} onRetry={() => void pipelines.refetch()} />}
      {search.view === 'list' ? (
        <DealList create={create} />
      ) : (
        pipeline && (
          <Board
            pipeline={pipeline.id}
            create={create}
            onAdd={(id) => {
              setStage(id)
              set({ new: true })
            }}
          />
        )
      )}
      <DealDialog
        open={!!search.new}
        onClose={() => {
          setStage(undefined)
          set({ new: undefined })
        }}
        stage={stage}
        pipeline={pipeline?.id}
      />
    </>
  )
}

function Board({ pipeline, create, onAdd }: { pipeline: string; create: ReactNode; onAdd: (stage: string) => void }) {
  const { t } = useTranslation(['crm', 'reports'])
  const board = useQuery(boardQuery(pipeline))
  if (board.isPending) {
    return (
      <div className="flex flex-1 gap-3 px-6 pb-4 max-md:px-4">
        {[0, 1, 2, 3].map((index) => (
          <Skeleton key={index} className="h-full w-72 shrink-0" />
        ))}
      </div>
    )
  }
  const { data } = board
  if (!data || isLost(board)) return <ErrorState error={board.error} onRetry={() => void board.refetch()} />
  if (data.stages.every((column) => column.count === 0)) {
    return (
      <EmptyState icon={<Handshake />} title={t('deal.empty_title')} action={create}>
        {t('deal.empty_text')}
      </EmptyState>
    )
  }
  return <DealBoard board={data} onAdd={onAdd} />
}
