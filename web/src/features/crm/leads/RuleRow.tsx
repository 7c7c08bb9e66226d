/** One rule of scoring: what it looks at, what it compares, its points. */
import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/ui/IconButton'
import { TextField } from '@/ui/TextField'
import type { ScoreRule } from './api'
import { ConditionFields } from './ConditionFields'

type Props = { rule: ScoreRule; onChange: (rule: ScoreRule) => void; onRemove: () => void }

export function RuleRow({ rule, onChange, onRemove }: Props) {
  const { t } = useTranslation('leads')
  return (
    <div className="flex flex-wrap items-end gap-2">
      <ConditionFields when={rule.when} onChange={(when) => onChange({ ...rule, when })} />
      <TextField
        label={t('setting.points')}
        labelHidden
        type="number"
        min={-100}
        max={100}
        className="w-24"
        value={String(rule.points)}
        onChange={(event) => onChange({ ...rule, points: Math.trunc(Number(event.target.value)) || 0 })}
      />
      <IconButton label={t('setting.remove')} icon={<Trash2 className="size-4" />} onClick={onRemove} />
    </div>
  )
}
