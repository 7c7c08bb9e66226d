/**
 * The one layout of every record: header with state and allowed actions; facts on the left,
 * timeline in the middle, related on the right. Stacks on phones.
 */
import { ChevronLeft, Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useTitle } from '@/lib/title'
import { IconButton } from './IconButton'
import { Menu, type MenuItem } from './Menu'

type Props = {
  /** A Link to the list this record belongs to. */
  back: ReactNode
  title: string
  picture?: ReactNode
  status?: ReactNode
  /** One line under the title. */
  about?: ReactNode
  /** The one or two most likely actions. */
  actions?: ReactNode
  /** All the others, behind the three dots. */
  menu?: (MenuItem | false | null | undefined)[]
  /** Why one sees it. */
  sight?: ReactNode
  notice?: ReactNode
  facts: ReactNode
  children: ReactNode
  related?: ReactNode
}

export function RecordLayout({ back, title, picture, status, about, actions, menu = [], sight, notice, facts, children, related }: Props) {
  const { t } = useTranslation('ui')
  useTitle(title)
  const items = menu.filter(Boolean)
  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <header className="border-b border-line px-6 pt-3 pb-4 max-md:px-4">
        <div className="mb-2 flex items-center text-sm text-soft [&_a]:-ml-1 [&_a]:inline-flex [&_a]:items-center [&_a]:gap-0.5 [&_a]:rounded-sm [&_a]:pr-1 hover:[&_a]:text-ink">
          {back}
        </div>
        <div className="flex flex-wrap items-start gap-x-3 gap-y-3">
          {picture}
          <div className="min-w-0 flex-1 basis-56">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <h1 className="min-w-0 text-xl wrap-anywhere">{title}</h1>
              {status}
            </div>
            {about && <div className="mt-0.5 text-base text-soft">{about}</div>}
          </div>
          <div className="flex flex-wrap items-center gap-2">
            {actions}
            {sight}
            {items.length > 0 && (
              <Menu trigger={<IconButton bare label={t('record.more')} icon={<Ellipsis className="size-4" />} />} items={items} />
            )}
          </div>
        </div>
        {notice && <div className="mt-3">{notice}</div>}
      </header>
      <div className="grid flex-1 content-start gap-x-8 gap-y-6 px-6 py-5 max-md:px-4 md:grid-cols-[16rem_minmax(0,1fr)] xl:grid-cols-[17rem_minmax(0,1fr)_18rem]">
        <aside aria-label={t('record.facts')} className="min-w-0">
          {facts}
        </aside>
        <section className="min-w-0">{children}</section>
        {related && (
          <aside aria-label={t('record.related')} className="flex min-w-0 flex-col gap-6 md:col-start-2 xl:col-start-auto">
            {related}
          </aside>
        )}
      </div>
    </div>
  )
}

/** The arrow before the name of the list in RecordLayout's `back`. */
export function BackArrow() {
  return <ChevronLeft aria-hidden className="size-4" />
}

/** `field`: by what name rights know it, where they do. */
export type Fact = { label: string; value: ReactNode; field?: string }

/** Name and value pairs. A fact without a value shows a dash. */
export function Facts({ title, items, action }: { title?: string; items: Fact[]; action?: ReactNode }) {
  return (
    <div className="[&+&]:mt-6">
      {(title || action) && (
        <div className="mb-2 flex h-7 items-center justify-between gap-2">
          <h2 className="text-base">{title}</h2>
          {action}
        </div>
      )}
      <dl className="flex flex-col gap-2.5">
        {items.map((item) => (
          <div key={item.label}>
            <dt className="text-sm text-faint">{item.label}</dt>
            <dd className="text-base wrap-anywhere">{isEmpty(item.value) ? <span className="text-faint">–</span> : item.value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

const isEmpty = (value: ReactNode) => !value || (Array.isArray(value) && value.length === 0)

/** A titled block on the right of a record, with an add button and its rows. */
export function Related({ title, count, action, children }: { title: string; count?: number; action?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <div className="mb-1.5 flex h-7 items-center gap-2">
        <h2 className="text-base">{title}</h2>
        {count !== undefined && count > 0 && <span className="tabular text-sm text-faint">{count}</span>}
        <div className="ml-auto">{action}</div>
      </div>
      {children}
    </section>
  )
}
