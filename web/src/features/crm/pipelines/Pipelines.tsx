/** Settings: the pipelines deals move through, each with its stages and their chances. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { Button } from '@/ui/Button'
import { FormDialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Skeleton } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import { pipelinesQuery } from '../api'
import { createPipeline, refreshPipelines } from './api'
import { LostReasons } from './LostReasons'
import { PipelineSection } from './PipelineSection'

export function Pipelines() {
  const { t } = useTranslation(['crm', 'reports'])
  const may = useCan('pipeline.manage')
  const [making, setMaking] = useState(false)
  const pipelines = useQuery(pipelinesQuery)
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={t('pipeline.title')}
        about={t('pipeline.about')}
        actions={
          <Button kind="primary" icon={<Plus className="size-4" />} why={may ? undefined : t('not_allowed')} onClick={() => setMaking(true)}>
            {t('pipeline.new')}
          </Button>
        }
      />
      <div className="pt-2">
        {pipelines.isPending && <Skeleton className="mx-6 h-64" />}
        {pipelines.isError && <ErrorState error={pipelines.error} onRetry={() => void pipelines.refetch()} />}
        {pipelines.data?.items.map((pipeline) => (
          <PipelineSection key={pipeline.id} pipeline={pipeline} />
        ))}
      </div>
      <LostReasons />
      {making && <NewPipeline onClose={() => setMaking(false)} />}
    </div>
  )
}

function NewPipeline({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['crm', 'reports'])
  const [name, setName] = useState('')
  const create = useMutation({
    mutationFn: () => createPipeline(name.trim()),
    onSuccess: () => {
      onClose()
      void refreshPipelines()
    },
  })
  return (
    <FormDialog
      open
      onClose={onClose}
      size="sm"
      title={t('pipeline.new')}
      about={t('pipeline.new_about')}
      submit={t('pipeline.new')}
      busy={create.isPending}
      error={create.error}
      why={name.trim() ? undefined : t('pipeline.name_first')}
      onSubmit={() => create.mutate()}
    >
      <TextField label={t('field.name')} autoFocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
    </FormDialog>
  )
}
