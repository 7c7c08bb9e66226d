/** One stage: name, chance of winning, place in the row; a stage with deals in it stays, and the server says so. */
import { useMutation } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/ui/IconButton'
import { DecimalField } from '@/ui/MoneyField'
import { toast, toastError } from '@/ui/Toast'
import type { Stage } from '../api'
import { createStage, deleteStage, refreshPipelines, saveStage } from './api'
import { InlineText } from './InlineText'

type Props = { stage: Stage; busy: boolean; onUp?: (() => void) | undefined; onDown?: (() => void) | undefined }

export function StageRow({ stage, busy, onUp, onDown }: Props) {
  const { t } = useTranslation(['crm', 'reports'])
  const may = stage.actions.includes('update')
  const save = useMutation({ mutationFn: (change: { name?: string; probability?: number; rots_after_days?: number | null }) => saveStage(stage, change), onSuccess: refreshPipelines, onError: toastError })
  const remove = useMutation({
    mutationFn: () => deleteStage(stage.id),
    onSuccess: () => {
      const { pipeline_id, name, probability, rots_after_days } = stage
      toast({
        text: t('pipeline.stage_deleted', { name }),
        undo: () => void createStage({ pipeline_id, name, probability, rots_after_days }).then(refreshPipelines, toastError),
      })
      void refreshPipelines()
    },
    onError: toastError,
  })
  const saveChance = (value: string) => {
    const percent = Number(value)
    if (value && percent <= 100 && percent !== stage.probability) save.mutate({ probability: percent })
  }
  const saveRot = (value: string) => {
    const days = value ? Number(value) : null
    if (days !== stage.rots_after_days) save.mutate({ rots_after_days: days })
  }
  return (
    <li className="flex flex-wrap items-center gap-2 px-4 py-2">
      <InlineText className="min-w-40 flex-1" label={t('pipeline.stage_name')} value={stage.name} disabled={!may} onSave={(name) => save.mutate({ name })} />
      <Figure label={t('pipeline.chance', { name: stage.name })} value={String(stage.probability)} suffix="%" disabled={!may} onSave={saveChance} />
      <Figure label={t('reports:rot.after', { name: stage.name })} value={String(stage.rots_after_days ?? '')} suffix={t('reports:rot.days')} disabled={!may} onSave={saveRot} />
      <div className="flex">
        <IconButton size="sm" label={t('pipeline.up', { name: stage.name })} disabled={!may || busy || !onUp} icon={<ArrowUp className="size-4" />} onClick={onUp} />
        <IconButton size="sm" label={t('pipeline.down', { name: stage.name })} disabled={!may || busy || !onDown} icon={<ArrowDown className="size-4" />} onClick={onDown} />
        <IconButton size="sm" label={t('pipeline.delete_stage', { name: stage.name })} disabled={!stage.actions.includes('delete') || remove.isPending} icon={<Trash2 className="size-4" />} onClick={() => remove.mutate()} />
      </div>
    </li>
  )
}

/** Saved when left, so that typing "75" does not first save 7. */
function Figure({ label, value, suffix, disabled, onSave }: { label: string; value: string; suffix: string; disabled: boolean; onSave: (value: string) => void }) {
  const [draft, setDraft] = useState(value)
  return (
    <DecimalField className="w-24" label={label} labelHidden digits={0} value={draft} disabled={disabled} suffix={suffix} onChange={setDraft} onBlur={() => onSave(draft)} />
  )
}
