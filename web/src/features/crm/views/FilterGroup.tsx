/** One group of conditions, with the groups in it. What was written with `not` by a program is shown, and stays. */
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Segmented } from '@/ui/Segmented'
import type { FilterField } from './api'
import { FilterRow } from './FilterRow'
import { fresh, groupOf, isGroup, isLeaf, modeOf, partsOf, type Group, type Tree } from './tree'

/** The server takes five; deeper than this nobody reads. */
const DEPTH = 3

type Props = { noun: string; fields: FilterField[]; group: Group; depth: number; onChange: (group: Group) => void; onRemove?: () => void }

export function FilterGroup({ noun, fields, group, depth, onChange, onRemove }: Props) {
  const { t } = useTranslation('views')
  const mode = modeOf(group)
  const parts = partsOf(group)
  const put = (next: Tree[], as = mode) => onChange(groupOf(as, next))
  const replace = (index: number, part: Tree) => put(parts.map((old, at) => (at === index ? part : old)))
  const remove = (index: number) => put(parts.filter((_, at) => at !== index))
  const first = fields[0]
  return (
    <div role="group" aria-label={t(mode === 'all' ? 'group_all' : 'group_any')} className={depth > 0 ? 'space-y-2 rounded-md border border-line p-3' : 'space-y-2'}>
      <div className="flex items-center justify-between gap-2">
        <Segmented
          label={t('mode')}
          value={mode}
          onChange={(next) => put(parts, next)}
          options={[
            { value: 'all', label: t('group_all') },
            { value: 'any', label: t('group_any') },
          ]}
        />
        {onRemove && <IconButton bare size="sm" label={t('remove_group')} icon={<Trash2 className="size-4" />} onClick={onRemove} />}
      </div>
      {parts.length === 0 && depth === 0 && <p className="text-base text-soft">{t('no_conditions')}</p>}
      {parts.map((part, index) => {
        if (isGroup(part)) return <FilterGroup key={index} noun={noun} fields={fields} group={part} depth={depth + 1} onChange={(next) => replace(index, next)} onRemove={() => remove(index)} />
        if (isLeaf(part)) return <FilterRow key={index} fields={fields} leaf={part} onChange={(next) => replace(index, next)} onRemove={() => remove(index)} />
        return (
          <div key={index} className="flex items-center justify-between gap-2 rounded-md border border-line p-3 text-base text-soft">
            {t('denied')}
            <IconButton bare size="sm" label={t('remove')} icon={<Trash2 className="size-4" />} onClick={() => remove(index)} />
          </div>
        )
      })}
      <div className="flex flex-wrap gap-2">
        {first && (
          <Button kind="quiet" size="sm" icon={<Plus className="size-4" />} onClick={() => put([...parts, fresh(first)])}>
            {t('add')}
          </Button>
        )}
        {first && depth < DEPTH && (
          <Button kind="quiet" size="sm" icon={<Plus className="size-4" />} onClick={() => put([...parts, groupOf(mode === 'all' ? 'any' : 'all', [fresh(first)])])}>
            {t('add_group')}
          </Button>
        )}
      </div>
    </div>
  )
}
