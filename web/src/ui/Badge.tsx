/** A small word with a tone. Status adds a dot; use it for the state of a record. */
import type { ReactNode } from 'react'
import { cx } from '@/lib/cx'

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'danger' | 'info'

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-soft ring-line',
  accent: 'bg-accent-wash text-accent-ink ring-accent/20',
  good: 'bg-good-wash text-good ring-good/20',
  warn: 'bg-warn-wash text-warn ring-warn/20',
  danger: 'bg-danger-wash text-danger ring-danger/20',
  info: 'bg-info-wash text-info ring-info/20',
}

export function Badge({ tone = 'neutral', children, className }: { tone?: Tone; children: ReactNode; className?: string }) {
  return (
    <span className={cx('inline-flex h-5 max-w-full shrink-0 items-center gap-1.5 rounded-full px-2 text-xs font-medium whitespace-nowrap ring-1 ring-inset', TONES[tone], className)}>
      {children}
    </span>
  )
}

export function Status({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <Badge tone={tone}>
      <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-current" />
      {children}
    </Badge>
  )
}
