/** In the bar of views: whether the list stands as a table, a board or a calendar, and by which field. */
import { CalendarDays, Kanban, Table2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import { useFilterFields } from '../views/useFilterFields'
import { useFieldName } from '../views/useFieldName'
import type { ListView } from '../views/useListView'
import { isBoarded, isDated } from './by'

const ICONS = { table: Table2, board: Kanban, calendar: CalendarDays }

export function LayoutMenu({ list }: { list: ListView }) {
  const { t } = useTranslation('views')
  const nameOf = useFieldName()
  const fields = useFilterFields(list.noun).data ?? []
  const { layout, on } = list.arrangement
  const current = fields.find((field) => field.name === on)
  const Icon = ICONS[layout ?? 'table']
  const boards = fields.filter((field) => isBoarded(list.noun, field))
  const dates = fields.filter(isDated)
  if (boards.length + dates.length === 0) return null
  const item = (as: 'board' | 'calendar') => (field: (typeof fields)[number]) => ({
    label: nameOf(field),
    checked: layout === as && on === field.name,
    run: () => list.arrange({ layout: as, on: field.name, by: undefined }),
  })
  return (
    <Menu
      align="start"
      trigger={
        <Button kind="quiet" size="sm" icon={<Icon className="size-4" />}>
          {layout && current ? t(`layout.${layout}_by`, { field: nameOf(current) }) : t('layout.table')}
        </Button>
      }
      items={[
        { label: t('layout.table'), checked: !layout, run: () => list.arrange({ layout: undefined, on: undefined }) },
        boards.length > 0 && { heading: t('layout.board') },
        ...boards.map(item('board')),
        dates.length > 0 && { heading: t('layout.calendar') },
        ...dates.map(item('calendar')),
      ]}
    />
  )
}
