/**
 * The answer to an act, at the edge of the page. `toast({ text, undo })` from anywhere;
 * it waits while pointed at or focused. Errors stay until closed.
 */
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { explain, toProblem } from '@/lib/problem'
import { IconButton } from './IconButton'

type Toast = {
  id: number
  text: string
  detail?: string | undefined
  tone: 'good' | 'danger'
  action?: { label: string; run: () => void } | undefined
  undo?: (() => void) | undefined
}

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function publish(next: readonly Toast[]): void {
  toasts = next
  listeners.forEach((listener) => listener())
}

/** Says what was done. `undo` adds the Undo button. */
export function toast(input: { text: string; detail?: string; undo?: () => void; action?: Toast['action'] }): void {
  publish([...toasts.slice(-2), { ...input, id: nextId++, tone: 'good' }])
}

/** Says what went wrong and belongs to no field. */
export function toastError(error: unknown): void {
  const id = toProblem(error).request_id
  publish([...toasts.slice(-2), { id: nextId++, text: explain(error), tone: 'danger', detail: id ?? undefined }])
}

const dismiss = (id: number) => publish(toasts.filter((toast) => toast.id !== id))

/** The place where toasts appear. Once, in the root of the app. */
export function Toaster() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
  const { t } = useTranslation('ui')
  return (
    <section
      aria-label={t('toast.region')}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-70 flex flex-col items-center gap-2 p-4 max-md:bottom-14 md:items-end"
    >
      {shown.map((item) => (
        <Item key={item.id} toast={item} />
      ))}
    </section>
  )
}

function Item({ toast: item }: { toast: Toast }) {
  const { t } = useTranslation('ui')
  const [held, setHeld] = useState(false)
  const lasting = item.tone === 'danger' ? 14_000 : item.undo ? 9_000 : 5_000
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(item.id), lasting)
    return () => clearTimeout(timer)
  }, [held, item.id, lasting])
  const action = item.undo ? { label: t('toast.undo'), run: item.undo } : item.action
  return (
    <div
      role={item.tone === 'danger' ? 'alert' : undefined}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex w-full max-w-96 animate-[rise_160ms_ease-out] items-start gap-2.5 rounded-lg border border-line bg-raised py-2.5 pr-2 pl-3 shadow-lg"
    >
      {item.tone === 'danger' ? (
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      ) : (
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
      )}
      <div className="min-w-0 flex-1 py-px">
        <p className="text-base wrap-anywhere">{item.text}</p>
        {item.detail && <p className="text-xs wrap-anywhere text-faint">{item.detail}</p>}
      </div>
      {action && (
        <button
          type="button"
          onClick={() => {
            action.run()
            dismiss(item.id)
          }}
          className="h-7 shrink-0 rounded-md px-2 text-sm font-medium text-accent-ink hover:bg-hover"
        >
          {action.label}
        </button>
      )}
      <IconButton bare size="sm" label={t('toast.close')} icon={<X className="size-3.5" />} onClick={() => dismiss(item.id)} />
    </div>
  )
}
