/** One field of a form. */
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '@/ui/Checkbox'
import { IconButton } from '@/ui/IconButton'
import { TextArea, TextField } from '@/ui/TextField'
import type { WebFormField } from './api'
import { FilesPart } from './FilesPart'

type Props = {
  field: WebFormField
  at: number
  last: boolean
  refused: (part: string) => string | undefined
  onChange: (field: WebFormField) => void
  onMove: (to: number) => void
  onRemove: () => void
}

export function FieldCard({ field, at, last, refused, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation('forms')
  const name = field.label || t(`kind.${field.kind}`)
  return (
    <li className="rounded-md border border-line p-3">
      <div className="flex items-center gap-1">
        <span className="min-w-0 flex-1 truncate text-sm text-soft">{t(`kind.${field.kind}`)}</span>
        <IconButton size="sm" label={t('up', { name })} disabled={at === 0} icon={<ArrowUp className="size-4" />} onClick={() => onMove(at - 1)} />
        <IconButton size="sm" label={t('down', { name })} disabled={last} icon={<ArrowDown className="size-4" />} onClick={() => onMove(at + 1)} />
        <IconButton size="sm" label={t('remove', { name })} icon={<Trash2 className="size-4" />} onClick={onRemove} />
      </div>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        <TextField label={t('field.label')} maxLength={300} dir="auto" value={field.label} error={refused('label')} onChange={(event) => onChange({ ...field, label: event.target.value })} />
        <TextField label={t('field.hint')} optional maxLength={300} dir="auto" value={field.hint ?? ''} error={refused('hint')} onChange={(event) => onChange({ ...field, hint: event.target.value })} />
        {field.kind === 'choice' && (
          <TextArea
            className="sm:col-span-2"
            label={t('field.choices')}
            dir="auto"
            value={(field.choices ?? []).join('\n')}
            error={refused('choices')}
            onChange={(event) => onChange({ ...field, choices: event.target.value.split('\n') })}
          />
        )}
        {field.kind === 'file' && <FilesPart rule={field.files ?? {}} refused={(part) => refused(`files.${part}`)} onChange={(files) => onChange({ ...field, files })} />}
      </div>
      <div className="mt-3">
        <Checkbox label={t('field.required')} checked={!!field.required} onChange={(required) => onChange({ ...field, required })} />
      </div>
    </li>
  )
}
