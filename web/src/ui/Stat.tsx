/** One figure with its name and what it means. The figure is what the eye sees first. */
import type { ReactNode } from 'react'
import { cx } from '@/lib/cx'
import type { Tone } from './Badge'

const TONES: Partial<Record<Tone, string>> = { danger: 'text-danger', good: 'text-good', warn: 'text-warn' }

export function Stat({ label, value, note, tone }: { label: string; value: ReactNode; note?: ReactNode; tone?: Tone }) {
  return (
    <div className="min-w-0">
      <div className="text-sm text-soft">{label}</div>
      <div className={cx('tabular mt-0.5 truncate text-2xl font-semibold tracking-tight', tone && TONES[tone])}>{value}</div>
      {note && <div className="mt-0.5 text-sm text-faint">{note}</div>}
    </div>
  )
}
