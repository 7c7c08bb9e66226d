/** E-mail addresses to send to: Enter, comma or leaving the field adds one; pasted lists are split. */
import { X } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Badge } from '@/ui/Badge'
import { Field } from '@/ui/Field'
import type { Recipient } from './api'

const address = z.email()

/** "Ana <ana@example.com>" or "ana@example.com"; null if it is neither. */
export function readRecipient(text: string): Recipient | null {
  const named = /^\s*"?([^"<>]*?)"?\s*<([^<>\s]+)>\s*$/.exec(text)
  const found = { name: named?.[1]?.trim() || null, address: (named?.[2] ?? text).trim() }
  return address.safeParse(found.address).success ? found : null
}

type Props = { label: string; optional?: boolean; value: Recipient[]; onChange: (recipients: Recipient[]) => void; error?: string | undefined }

export function RecipientsField({ label, optional = false, value, onChange, error }: Props) {
  const { t } = useTranslation('sales')
  const [typed, setTyped] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const add = (text: string) => {
    const parts = text.split(/[,;\n]+/).filter((part) => part.trim())
    const good = parts.flatMap((part) => readRecipient(part) ?? [])
    const bad = parts.filter((part) => !readRecipient(part))
    const fresh = good.filter((one, index) => ![...value, ...good.slice(0, index)].some((other) => other.address.toLowerCase() === one.address.toLowerCase()))
    if (fresh.length > 0) onChange([...value, ...fresh])
    setTyped(bad.join(', '))
    setRefused(bad.length > 0 ? t('send.not_an_address', { text: bad.join(', ') }) : null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key === 'Enter' || event.key === ',' || event.key === ';') && typed.trim()) {
      event.preventDefault()
      add(typed)
    } else if (event.key === 'Backspace' && !typed) onChange(value.slice(0, -1))
  }
  return (
    <Field label={label} optional={optional} error={refused ?? error}>
      {(wiring) => (
        <div className="control flex flex-wrap items-center gap-1.5 py-1" aria-invalid={wiring['aria-invalid']}>
          {value.map((one) => (
            <Badge key={one.address}>
              <span className="truncate" title={one.address}>
                {one.name ? `${one.name} · ${one.address}` : one.address}
              </span>
              <button type="button" aria-label={t('send.remove', { address: one.address })} onClick={() => onChange(value.filter((other) => other !== one))} className="-mr-1 rounded-full hover:text-ink">
                <X className="size-3" />
              </button>
            </Badge>
          ))}
          <input
            {...wiring}
            type="text"
            inputMode="email"
            autoComplete="off"
            value={typed}
            onChange={(event) => {
              setRefused(null)
              setTyped(event.target.value)
            }}
            onPaste={(event) => {
              const text = event.clipboardData.getData('text')
              if (/[,;\n]/.test(text)) {
                event.preventDefault()
                add(typed + text)
              }
            }}
            onKeyDown={onKeyDown}
            onBlur={() => add(typed)}
            className="min-w-40 flex-1 bg-transparent outline-none focus-visible:outline-none"
          />
        </div>
      )}
    </Field>
  )
}
