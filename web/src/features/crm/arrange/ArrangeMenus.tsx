/** In the bar of views: by which field the list is grouped, and what is made of its values. */
import { Rows3, Sigma } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Menu, type MenuItem } from '@/ui/Menu'
import { useFilterFields } from '../views/useFilterFields'
import { useFieldName } from '../views/useFieldName'
import type { ListView } from '../views/useListView'
import { byOf, EACH, isDated, listed, partsOfBy, toggled } from './by'
import { useGroupWords } from './useGroupWords'

/** The server takes no more. */
const MOST = 6

export function ArrangeMenus({ list }: { list: ListView }) {
  const { t } = useTranslation('views')
  const nameOf = useFieldName()
  const fields = useFilterFields(list.noun).data ?? []
  const { aggregateName } = useGroupWords(fields)
  const { by, sum, layout } = list.arrangement
  const { name, each } = partsOfBy(by)
  const current = fields.find((field) => field.name === name)
  const chosen = listed(sum)
  const groups: (MenuItem | false)[] = [
    { label: t('group_none'), checked: !by, run: () => list.arrange({ by: undefined }) },
    'line',
    ...fields.filter((field) => field.groups).map((field) => ({ label: nameOf(field), checked: field.name === name, run: () => list.arrange({ by: byOf(field, each) }) })),
    ...(current && isDated(current)
      ? [{ heading: t('each_heading', { field: nameOf(current) }) }, ...EACH.map((one) => ({ label: t(`each.${one}`), checked: one === each, run: () => list.arrange({ by: byOf(current, one) }) }))]
      : []),
  ]
  const sums: MenuItem[] = fields
    .filter((field) => field.aggregates.length > 0)
    .flatMap((field) => [
      { heading: nameOf(field) },
      ...field.aggregates.map((op) => {
        const aggregate = `${op}:${field.name}`
        const checked = chosen.includes(aggregate)
        return { label: aggregateName(aggregate), checked, why: !checked && chosen.length >= MOST ? t('sum_most', { count: MOST }) : undefined, run: () => (checked || chosen.length < MOST) && list.arrange({ sum: toggled(sum, aggregate) }) }
      }),
    ])
  return (
    <>
      {layout === undefined && (
        <Menu
          align="start"
          trigger={
            <Button kind="quiet" size="sm" icon={<Rows3 className="size-4" />}>
              {current ? t('group_by', { field: nameOf(current) }) : t('group')}
            </Button>
          }
          items={groups}
        />
      )}
      {sums.length > 0 && (
        <Menu
          align="start"
          trigger={
            <Button kind="quiet" size="sm" icon={<Sigma className="size-4" />}>
              {chosen.length > 0 ? t('summarise_count', { count: chosen.length }) : t('summarise')}
            </Button>
          }
          items={sums}
        />
      )}
    </>
  )
}
