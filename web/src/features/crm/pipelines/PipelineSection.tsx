/** One pipeline: its stages in order. */
import { useMutation } from '@tanstack/react-query'
import { Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { toastError } from '@/ui/Toast'
import type { Pipeline } from '../api'
import { createStage, orderStages, refreshPipelines, renamePipeline } from './api'
import { InlineText } from './InlineText'
import { StageRow } from './StageRow'

export function PipelineSection({ pipeline }: { pipeline: Pipeline }) {
  const { t } = useTranslation('crm')
  const [renaming, setRenaming] = useState(false)
  const may = pipeline.actions.includes('update')
  const after = { onSuccess: refreshPipelines, onError: toastError }
  const rename = useMutation({ mutationFn: (name: string) => renamePipeline(pipeline, name), ...after })
  const add = useMutation({
    mutationFn: () => createStage({ pipeline_id: pipeline.id, name: t('pipeline.new_stage'), probability: pipeline.stages.at(-1)?.probability ?? 50 }),
    ...after,
  })
  const order = useMutation({ mutationFn: (ids: string[]) => orderStages(pipeline.id, ids), ...after })
  const ids = pipeline.stages.map((stage) => stage.id)
  const move = (from: number, to: number) => {
    const next = [...ids]
    next.splice(to, 0, ...next.splice(from, 1))
    order.mutate(next)
  }
  return (
    <Section
      bare
      title={pipeline.name}
      action={
        may &&
        (renaming ? (
          <InlineText
            label={t('pipeline.name')}
            value={pipeline.name}
            onSave={(name) => rename.mutate(name)}
            onLeave={() => setRenaming(false)}
          />
        ) : (
          <Button size="sm" icon={<Pencil className="size-3.5" />} onClick={() => setRenaming(true)}>
            {t('pipeline.rename')}
          </Button>
        ))
      }
    >
      <ol className="panel divide-y divide-line">
        {pipeline.stages.map((stage, index) => (
          <StageRow
            key={`${stage.id} ${stage.version}`}
            stage={stage}
            busy={order.isPending}
            onUp={index > 0 ? () => move(index, index - 1) : undefined}
            onDown={index < ids.length - 1 ? () => move(index, index + 1) : undefined}
          />
        ))}
      </ol>
      {may && (
        <Button className="mt-3" icon={<Plus className="size-4" />} busy={add.isPending} onClick={() => add.mutate()}>
          {t('pipeline.add_stage')}
        </Button>
      )}
    </Section>
  )
}
