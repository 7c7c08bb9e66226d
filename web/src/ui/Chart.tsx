/**
 * Small charts of our own: no chart library in the first load. BarChart draws horizontal or
 * vertical bars and always carries the same figures as a table for screen readers, which a
 * switch shows to everyone. `size` of a bar is only for drawing; `shown` is the exact text.
 */
import { Table2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import type { Tone } from './Badge'
import { IconButton } from './IconButton'

export type Bar = { label: string; size: number; shown: string; note?: string; tone?: Tone; /** Second, stacked part. */ over?: { size: number; shown: string; tone?: Tone } }

const FILLS: Record<Tone, string> = {
  neutral: 'bg-edge/50',
  accent: 'bg-accent',
  good: 'bg-good',
  warn: 'bg-warn',
  danger: 'bg-danger',
  info: 'bg-info',
}

type Props = { title: string; bars: Bar[]; valueName: string; overName?: string; direction?: 'rows' | 'columns'; empty?: string }

export function BarChart({ title, bars, valueName, overName, direction = 'rows', empty }: Props) {
  const { t } = useTranslation('ui')
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  const most = Math.max(1e-9, ...bars.map((bar) => bar.size + (bar.over?.size ?? 0)))
  return (
    <figure aria-labelledby={id}>
      <figcaption className="mb-3 flex items-center gap-2">
        <span id={id} className="flex-1 text-base font-semibold">
          {title}
        </span>
        {bars.length > 0 && (
          <IconButton size="sm" label={t(asTable ? 'chart.show_chart' : 'chart.show_table')} aria-pressed={asTable} icon={<Table2 className="size-4" />} onClick={() => setAsTable(!asTable)} />
        )}
      </figcaption>
      {bars.length === 0 && <p className="py-6 text-center text-sm text-faint">{empty}</p>}
      {!asTable && bars.length > 0 && (direction === 'rows' ? <Rows bars={bars} most={most} /> : <Columns bars={bars} most={most} />)}
      {bars.length > 0 && (
        <table className={asTable ? 'w-full text-base' : 'sr-only'}>
          <thead>
            <tr className="text-left text-sm text-faint">
              <th className="py-1 font-medium">{t('chart.label')}</th>
              <th className="py-1 text-right font-medium">{valueName}</th>
              {overName && <th className="py-1 text-right font-medium">{overName}</th>}
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.label} className="border-t border-line">
                <th scope="row" className="py-1.5 text-left font-normal">
                  {bar.label}
                </th>
                <td className="tabular py-1.5 text-right">{bar.shown}</td>
                {overName && <td className="tabular py-1.5 text-right">{bar.over?.shown ?? ''}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </figure>
  )
}

function Rows({ bars, most }: { bars: Bar[]; most: number }) {
  return (
    <div aria-hidden className="flex flex-col gap-2.5">
      {bars.map((bar) => (
        <div key={bar.label}>
          <div className="mb-1 flex items-baseline gap-2 text-sm">
            <span className="min-w-0 flex-1 truncate">{bar.label}</span>
            {bar.note && <span className="text-faint">{bar.note}</span>}
            <span className="tabular font-medium">{bar.shown}</span>
          </div>
          <div className="h-2 overflow-hidden rounded-full bg-hover">
            <div className={cx('h-full rounded-full', FILLS[bar.tone ?? 'accent'])} style={{ width: `${(bar.size / most) * 100}%` }} />
          </div>
        </div>
      ))}
    </div>
  )
}

function Columns({ bars, most }: { bars: Bar[]; most: number }) {
  return (
    <div aria-hidden className="flex h-40 items-end gap-1.5">
      {bars.map((bar) => (
        <div key={bar.label} className="group flex h-full min-w-0 flex-1 flex-col justify-end gap-1 text-center" title={`${bar.label}: ${bar.shown}`}>
          <div className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden rounded-sm">
            {bar.over && <div className={cx('w-full', FILLS[bar.over.tone ?? 'neutral'])} style={{ height: `${(bar.over.size / most) * 100}%` }} />}
            <div className={cx('w-full rounded-t-sm', FILLS[bar.tone ?? 'accent'])} style={{ height: `max(2px, ${(bar.size / most) * 100}%)` }} />
          </div>
          <span className="truncate text-2xs text-faint">{bar.label}</span>
        </div>
      ))}
    </div>
  )
}

/** A line the size of a word. `shown` says the same in words. */
export function Sparkline({ points, shown }: { points: number[]; shown: string }) {
  const most = Math.max(...points, 1e-9)
  const step = points.length > 1 ? 80 / (points.length - 1) : 0
  const line = points.map((point, index) => `${(index * step).toFixed(1)},${(22 - (point / most) * 20).toFixed(1)}`).join(' ')
  return (
    <svg role="img" aria-label={shown} viewBox="0 0 80 24" className="h-6 w-20 text-accent">
      <polyline points={line} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  )
}
