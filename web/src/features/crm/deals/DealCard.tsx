/** One deal on the board. */
import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { useNavigate } from '@tanstack/react-router'
import { CalendarClock, Hourglass } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { ago, date, money, today } from '@/lib/format'
import { Avatar } from '@/ui/Avatar'
import { hasAmount, type Deal } from '../api'

/** Drawn again only for another deal: scrolling and carrying draw what is around it at every frame. */
export const Card = memo(function Card({ deal, lifted }: { deal: Deal; lifted?: boolean }) {
  const { t } = useTranslation(['crm', 'reports'])
  const late = deal.expected_close !== null && deal.expected_close < today()
  return (
    <div className={cx('rounded-md border border-line bg-surface px-3 py-2.5 shadow-sm', lifted ? 'rotate-1 cursor-grabbing shadow-lg' : 'group-hover:border-edge')}>
      <p className="text-base font-medium wrap-anywhere">{deal.name}</p>
      {deal.company && <p className="truncate text-sm text-soft">{deal.company.name}</p>}
      <div className="mt-2 flex items-center gap-2 text-sm">
        {hasAmount(deal) && <span className="tabular font-medium">{money(deal.amount)}</span>}
        {deal.expected_close && (
          <span className={cx('inline-flex items-center gap-1', late ? 'text-danger' : 'text-faint')} title={late ? t('deal.late') : t('field.expected_close')}>
            <CalendarClock aria-hidden className="size-3.5" />
            {date(deal.expected_close)}
          </span>
        )}
        {deal.rotting && (
          <span className="inline-flex items-center gap-1 text-warn" title={t('reports:rot.card', { when: ago(deal.stage_since) })}>
            <Hourglass aria-hidden className="size-3.5" />
            <span className="sr-only">{t('reports:rot.card', { when: ago(deal.stage_since) })}</span>
          </span>
        )}
        {deal.owner && (
          <span className="ml-auto" title={deal.owner.name}>
            <Avatar name={deal.owner.name} size="xs" />
          </span>
        )}
      </div>
    </div>
  )
})

/** What stands in the column's list item. A press opens it; a longer one, a drag or Space moves it. */
export function SortableCard({ deal }: { deal: Deal }) {
  const { t } = useTranslation(['crm', 'reports'])
  const navigate = useNavigate()
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: deal.id, disabled: !deal.actions.includes('move') })
  const open = () => void navigate({ to: '/deals/$id', params: { id: deal.id } })
  return (
    <div
      ref={setNodeRef}
      {...attributes}
      {...listeners}
      role="button"
      aria-roledescription={t('board.card')}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open()
        else listeners?.onKeyDown?.(event)
      }}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={cx('group touch-manipulation rounded-md text-left', isDragging && 'opacity-35')}
    >
      <Card deal={deal} />
    </div>
  )
}
