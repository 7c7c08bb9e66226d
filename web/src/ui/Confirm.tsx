/**
 * Asks before what cannot be undone. With `word`, the person types it to go on. What can be
 * undone is not asked: it is done, and the toast offers Undo.
 */
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from './Dialog'
import { TextField } from './TextField'

type Props = {
  open: boolean
  onClose: () => void
  title: string
  /** What will happen, in plain sentences. */
  children: ReactNode
  action: string
  word?: string
  danger?: boolean
  busy?: boolean
  error?: unknown
  onConfirm: () => void
}

export function Confirm({ open, onClose, title, children, action, word, danger = true, busy, error, onConfirm }: Props) {
  const { t } = useTranslation('ui')
  const [typed, setTyped] = useState('')
  const ready = !word || typed.trim().toLowerCase() === word.toLowerCase()
  return (
    <FormDialog
      open={open}
      onClose={() => {
        setTyped('')
        onClose()
      }}
      title={title}
      size="sm"
      submit={action}
      danger={danger}
      busy={busy}
      error={error}
      why={ready ? undefined : t('confirm.type_first', { word })}
      onSubmit={onConfirm}
    >
      <div className="flex flex-col gap-2 text-base text-soft">{children}</div>
      {word && (
        <TextField label={t('confirm.type', { word })} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
      )}
    </FormDialog>
  )
}
