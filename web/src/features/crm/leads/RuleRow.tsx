/** One rule of scoring: what it looks at, what it compares, its points. */
import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/ui/IconButton'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import type { Look, ScoreRule } from './api'

/** Those that compare something come last. */
const PLAIN: readonly Look[] = ['company_email', 'free_email', 'has_phone', 'has_company', 'has_consent']
const COMPARING: readonly Look[] = ['source', 'country', 'message', 'answer', 'page', 'campaign', 'recent']

type Props = { rule: ScoreRule; onChange: (rule: ScoreRule) => void; onRemove: () => void }

export function RuleRow({ rule, onChange, onRemove }: Props) {
  const { t } = useTranslation('leads')
  const { look, value } = rule.when
  const compares = COMPARING.includes(look)
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Select
        label={t('setting.look')}
        labelHidden
        className="min-w-44 flex-1"
        value={look}
        onChange={(event) => {
          const next = [...PLAIN, ...COMPARING].find((one) => one === event.target.value)
          if (next) onChange({ ...rule, when: { look: next, value: COMPARING.includes(next) ? (value ?? '') : null } })
        }}
        options={[...PLAIN, ...COMPARING].map((one) => ({ value: one, label: t(`look.${one}`, { value: '…' }) }))}
      />
      {compares && (
        <TextField
          label={t('setting.value')}
          labelHidden
          className="min-w-32 flex-1"
          placeholder={t(`example.${look}`, { defaultValue: t('setting.value') })}
          value={value ?? ''}
          onChange={(event) => onChange({ ...rule, when: { look, value: event.target.value } })}
        />
      )}
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
