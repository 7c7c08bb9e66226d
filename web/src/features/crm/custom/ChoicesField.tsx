/** The choices of a field: named, added, removed, put in order. */
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { TextField } from '@/ui/TextField'

/** One that is there has an id; `at` tells one from the next while typing. */
export type ChoiceDraft = { at: number; id: string | null; label: string }

type Props = { value: ChoiceDraft[]; onChange: (choices: ChoiceDraft[]) => void; errorOf: (index: number) => string | undefined; error: string | undefined }

export function ChoicesField({ value, onChange, errorOf, error }: Props) {
  const { t } = useTranslation('crm')
  const next = Math.max(0, ...value.map((choice) => choice.at)) + 1
  const move = (from: number, to: number) => {
    const moved = [...value]
    moved.splice(to, 0, ...moved.splice(from, 1))
    onChange(moved)
  }
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t('custom.choices')}</legend>
      <ol className="flex flex-col gap-2">
        {value.map((choice, index) => (
          <li key={choice.at} className="flex items-start gap-1">
            <TextField
              className="flex-1"
              label={t('custom.choice', { number: index + 1 })}
              labelHidden
              maxLength={80}
              dir="auto"
              value={choice.label}
              error={errorOf(index)}
              onChange={(event) => onChange(value.map((one) => (one.at === choice.at ? { ...one, label: event.target.value } : one)))}
            />
            <IconButton bare label={t('custom.choice_up', { number: index + 1 })} disabled={index === 0} icon={<ArrowUp className="size-4" />} onClick={() => move(index, index - 1)} />
            <IconButton bare label={t('custom.choice_down', { number: index + 1 })} disabled={index === value.length - 1} icon={<ArrowDown className="size-4" />} onClick={() => move(index, index + 1)} />
            <IconButton bare label={t('custom.choice_remove', { number: index + 1 })} disabled={value.length === 1} icon={<X className="size-4" />} onClick={() => onChange(value.filter((one) => one.at !== choice.at))} />
          </li>
        ))}
      </ol>
      {error && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {error}
        </p>
      )}
      <Button className="mt-2" size="sm" icon={<Plus className="size-3.5" />} onClick={() => onChange([...value, { at: next, id: null, label: '' }])}>
        {t('custom.add_choice')}
      </Button>
    </fieldset>
  )
}
