/** How a form is guarded against spam: which parts, and from how many points on something is held back. */
import { useTranslation } from 'react-i18next'
import { Checkbox } from '@/ui/Checkbox'
import { TextField } from '@/ui/TextField'
import type { Guard } from './api'

const PARTS = ['trap', 'timing', 'limits', 'content', 'proof'] as const

type Props = { guard: Guard; onChange: (guard: Guard) => void; refused: (field: string) => string | undefined }

export function GuardPart({ guard, onChange, refused }: Props) {
  const { t } = useTranslation('forms')
  const on = guard.on ?? true
  return (
    <section className="panel space-y-4 p-5" aria-labelledby="form-guard">
      <h2 id="form-guard" className="text-lg">
        {t('guard.title')}
      </h2>
      <p className="text-base text-soft">{t('guard.about')}</p>
      <Checkbox label={t('guard.on')} checked={on} onChange={(next) => onChange({ ...guard, on: next })} />
      {on && (
        <>
          <TextField
            className="max-w-56"
            label={t('guard.threshold')}
            hint={t('guard.threshold_hint')}
            type="number"
            min={3}
            max={100}
            value={String(guard.threshold ?? 10)}
            error={refused('guard.threshold')}
            onChange={(event) => onChange({ ...guard, threshold: Math.trunc(Number(event.target.value)) || 0 })}
          />
          <fieldset className="space-y-2">
            <legend className="mb-1 text-sm font-medium text-soft">{t('guard.parts')}</legend>
            {PARTS.map((part) => (
              <Checkbox key={part} label={t(`guard.part.${part}`)} hint={t(`guard.hint.${part}`)} checked={!!guard[part]} onChange={(next) => onChange({ ...guard, [part]: next })} />
            ))}
          </fieldset>
        </>
      )}
      <Checkbox label={t('guard.key_required')} hint={t('guard.key_hint')} checked={!!guard.key_required} onChange={(key_required) => onChange({ ...guard, key_required })} />
    </section>
  )
}
