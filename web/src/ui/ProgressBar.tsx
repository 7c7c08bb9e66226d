/** How far long work is. `value` of `total`; without a total it only says that it moves. */
import { Progress } from 'radix-ui'
import { cx } from '@/lib/cx'
import { percent } from '@/lib/format'

export function ProgressBar({ value, total, label }: { value: number; total: number | null; label: string }) {
  const part = total ? Math.min(value / total, 1) : null
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between gap-3 text-sm">
        <span className="text-soft">{label}</span>
        {part !== null && <span className="tabular text-faint">{percent(part)}</span>}
      </div>
      <Progress.Root value={part === null ? null : Math.round(part * 100)} aria-label={label} className="h-1.5 overflow-hidden rounded-full bg-hover">
        <Progress.Indicator
          className={cx('h-full rounded-full bg-accent transition-[width] duration-300', part === null && 'w-1/3 animate-pulse')}
          style={part === null ? undefined : { width: `${part * 100}%` }}
        />
      </Progress.Root>
    </div>
  )
}
