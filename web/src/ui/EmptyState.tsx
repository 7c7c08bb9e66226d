/** Nothing here yet: what this place is for, and one button to start. */
import type { ReactNode } from 'react'

type Props = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }

export function EmptyState({ icon, title, children, action }: Props) {
  return (
    <div className="flex flex-col items-center justify-center px-6 py-14 text-center">
      {icon && <div className="mb-3 flex size-11 items-center justify-center rounded-xl bg-accent-wash text-accent-ink [&_svg]:size-5">{icon}</div>}
      <h2 className="text-lg">{title}</h2>
      {children && <div className="mt-1 max-w-md text-base text-soft">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
