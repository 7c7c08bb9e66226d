/** What a rule looks at, and what it compares. */
import { useTranslation } from 'react-i18next'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import type { Condition, Look } from './api'

/** Those that compare something come last. */
const PLAIN: readonly Look[] = ['company_email', 'free_email', 'has_phone', 'has_company', 'has_consent']
const COMPARING: readonly Look[] = ['source', 'country', 'message', 'answer', 'page', 'campaign', 'recent']

export function ConditionFields({ when, onChange }: { when: Condition; onChange: (when: Condition) => void }) {
  const { t } = useTranslation('leads')
  const { look, value } = when
  return (
    <>
      <Select
        label={t('setting.look')}
        labelHidden
        className="min-w-44 flex-1"
        value={look}
        onChange={(event) => {
          const next = [...PLAIN, ...COMPARING].find((one) => one === event.target.value)
          if (next) onChange({ look: next, value: COMPARING.includes(next) ? (value ?? '') : null })
        }}
        options={[...PLAIN, ...COMPARING].map((one) => ({ value: one, label: t(`look.${one}`, { value: '…' }) }))}
      />
      {COMPARING.includes(look) && (
        <TextField
          label={t('setting.value')}
          labelHidden
          className="min-w-32 flex-1"
          placeholder={t(`example.${look}`, { defaultValue: t('setting.value') })}
          value={value ?? ''}
          onChange={(event) => onChange({ look, value: event.target.value })}
        />
      )}
    </>
  )
}
