/** The input of a cell: that of the field's kind in forms, its label heard and not seen. */
import { useTranslation } from 'react-i18next'
import type { CellInput as Props } from '@/ui/editing/cell'
import { TagsField } from '@/ui/TagsField'
import { TextField } from '@/ui/TextField'
import { CustomInput } from '../custom/CustomInput'
import type { InlineField, Names } from './value'

export function CellInput({ label, value, onChange, onPick, error, of, names }: Props & { of: InlineField; names: Record<string, string> }) {
  if (of.as === 'tags') return <TagsField label={label} labelHidden error={error} value={value as string[]} onChange={onChange} />
  if (of.as === 'names') return <NameInput label={label} value={value as Names} onChange={onChange} error={error} />
  return <CustomInput field={of.field} value={value} onChange={of.field.kind === 'person' ? onPick : onChange} error={error} names={names} unseen={label} />
}

function NameInput({ label, value, onChange, error }: { label: string; value: Names; onChange: (value: Names) => void; error: string | undefined }) {
  const { t } = useTranslation('crm')
  return (
    <fieldset>
      <legend className="sr-only">{label}</legend>
      <div className="grid grid-cols-2 items-start gap-1">
        {(['given_name', 'family_name'] as const).map((part) => (
          <TextField
            key={part}
            label={t(part === 'given_name' ? 'field.given_name' : 'field.family_name')}
            labelHidden
            placeholder={t(part === 'given_name' ? 'field.given_name' : 'field.family_name')}
            autoComplete="off"
            dir="auto"
            maxLength={120}
            aria-invalid={error ? true : undefined}
            value={value[part]}
            onChange={(event) => onChange({ ...value, [part]: event.target.value })}
          />
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {error}
        </p>
      )}
    </fieldset>
  )
}
