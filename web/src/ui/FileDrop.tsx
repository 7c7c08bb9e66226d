/** A place to drop a file or choose one. Refuses what is too large or of another kind before it is sent. */
import { Upload } from 'lucide-react'
import { useId, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { bytes } from '@/lib/format'

type Props = {
  label: string
  hint?: string
  /** As the accept attribute: ".csv,text/csv". */
  accept: string
  /** In bytes. */
  most: number
  busy?: boolean
  onFile: (file: File) => void
}

export function FileDrop({ label, hint, accept, most, busy, onFile }: Props) {
  const { t } = useTranslation('ui')
  const id = useId()
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)

  const take = (file: File | undefined) => {
    if (!file || busy) return
    if (file.size === 0) return setRefused(t('file.empty'))
    if (file.size > most) return setRefused(t('file.too_large', { size: bytes(file.size), most: bytes(most) }))
    setRefused(null)
    onFile(file)
  }
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(inside)
  }
  return (
    <div>
      <label
        htmlFor={id}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event)
          take(event.dataTransfer.files[0])
        }}
        className={cx(
          'flex flex-col items-center gap-1 rounded-lg border border-dashed px-6 py-10 text-center transition-colors focus-within:outline-2 focus-within:outline-accent',
          over ? 'border-accent bg-accent-wash' : 'border-edge bg-surface hover:bg-hover',
          busy && 'pointer-events-none opacity-60',
        )}
      >
        <Upload aria-hidden className="mb-1 size-5 text-accent-ink" />
        <span className="text-base font-medium">{label}</span>
        {hint && <span className="text-sm text-faint">{hint}</span>}
        <input
          id={id}
          type="file"
          accept={accept}
          className="sr-only"
          disabled={busy}
          onChange={(event) => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      {refused && (
        <p role="alert" className="mt-1.5 text-sm text-danger">
          {refused}
        </p>
      )}
    </div>
  )
}
