/** A name that is saved when left or by Enter; Escape takes the old one back. */
import { useState } from 'react'
import { TextField } from '@/ui/TextField'

type Props = { label: string; value: string; onSave: (value: string) => void; onLeave?: () => void; disabled?: boolean; className?: string }

export function InlineText({ label, value, onSave, onLeave, disabled, className }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  return (
    <TextField
      label={label}
      labelHidden
      autoFocus={!!onLeave}
      className={className ?? 'w-56'}
      disabled={disabled}
      maxLength={60}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setDraft(null)
      }}
      onBlur={() => {
        if (draft?.trim() && draft.trim() !== value) onSave(draft.trim())
        setDraft(null)
        onLeave?.()
      }}
    />
  )
}
