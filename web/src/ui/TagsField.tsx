/** A few words: Enter or comma adds one, Backspace takes the last back. Tags shows them. */
import { X } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from './Badge'
import { Field, type FieldProps } from './Field'

type Props = FieldProps & { value: string[]; onChange: (tags: string[]) => void }

export function TagsField({ value, onChange, ...field }: Props) {
  const { t } = useTranslation('ui')
  const [typed, setTyped] = useState('')
  const add = (text: string) => {
    const fresh = text.split(',').map((tag) => tag.trim().slice(0, 40)).filter((tag) => tag && !value.includes(tag))
    if (fresh.length > 0) onChange([...value, ...fresh])
    setTyped('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && typed.trim()) {
      event.preventDefault()
      add(typed)
    } else if (event.key === 'Backspace' && !typed) onChange(value.slice(0, -1))
  }
  return (
    <Field {...field}>
      {(wiring) => (
        <div className="control flex flex-wrap items-center gap-1.5 py-1">
          {value.map((tag) => (
            <Badge key={tag}>
              {tag}
              <button type="button" aria-label={t('tags.remove', { tag })} onClick={() => onChange(value.filter((other) => other !== tag))} className="-mr-1 rounded-full hover:text-ink">
                <X className="size-3" />
              </button>
            </Badge>
          ))}
          <input
            {...wiring}
            value={typed}
            placeholder={value.length === 0 ? t('tags.hint') : undefined}
            onChange={(event) => (event.target.value.includes(',') ? add(event.target.value) : setTyped(event.target.value))}
            onKeyDown={onKeyDown}
            onBlur={() => add(typed)}
            className="min-w-24 flex-1 bg-transparent outline-none focus-visible:outline-none"
          />
        </div>
      )}
    </Field>
  )
}

export function Tags({ tags }: { tags: string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  )
}
