/** A titled block of a settings page: what it is on the left, the controls in a panel. */
import type { ReactNode } from 'react'
import { cx } from '@/lib/cx'

type Props = { title: string; about?: ReactNode; action?: ReactNode; children: ReactNode; bare?: boolean }

export function Section({ title, about, action, children, bare }: Props) {
  return (
    <section className="px-6 pb-8 max-md:px-4">
      <div className="mb-3 flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-lg">{title}</h2>
          {about && <div className="text-base text-soft">{about}</div>}
        </div>
        {action}
      </div>
      <div className={cx(!bare && 'panel p-5 max-md:p-4')}>{children}</div>
    </section>
  )
}

/** Rows of a panel, divided by lines. */
export function Rows({ children }: { children: ReactNode }) {
  return <ul className="panel divide-y divide-line overflow-hidden">{children}</ul>
}

/** One row: picture, words, badges, actions. */
export function Row({ picture, title, about, aside, actions }: { picture?: ReactNode; title: ReactNode; about?: ReactNode; aside?: ReactNode; actions?: ReactNode }) {
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      {picture}
      <div className="min-w-0 flex-1 basis-40">
        <div className="truncate text-base font-medium">{title}</div>
        {about && <div className="truncate text-sm text-soft">{about}</div>}
      </div>
      {aside && <div className="flex flex-wrap items-center gap-2 text-sm text-faint">{aside}</div>}
      {actions && <div className="flex items-center gap-1">{actions}</div>}
    </li>
  )
}
