/** A framed sentence inside a page or form: a warning, a refusal, a fact worth knowing. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '@/lib/cx'

const LOOKS = {
  info: ['bg-accent-wash text-ink', 'text-accent-ink', Info],
  good: ['bg-good-wash text-ink', 'text-good', CircleCheck],
  warn: ['bg-warn-wash text-ink', 'text-warn', TriangleAlert],
  danger: ['bg-danger-wash text-ink', 'text-danger', CircleAlert],
} as const

export function Notice({ tone = 'info', children, action }: { tone?: keyof typeof LOOKS; children: ReactNode; action?: ReactNode }) {
  const [frame, color, Icon] = LOOKS[tone]
  return (
    <div role={tone === 'danger' ? 'alert' : 'note'} className={cx('flex items-start gap-2.5 rounded-md px-3 py-2 text-base', frame)}>
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', color)} />
      <div className="min-w-0 flex-1 wrap-anywhere">{children}</div>
      {action}
    </div>
  )
}
