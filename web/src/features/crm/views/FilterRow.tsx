/** One condition: a field, an operator, a value. */
import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/ui/IconButton'
import { Select } from '@/ui/Select'
import type { FilterField } from './api'
import { FilterValue } from './FilterValue'
import { fresh, offered, shapeOf, withOp, type Leaf } from './tree'
import { useFieldName } from './useFieldName'

type Props = { fields: FilterField[]; leaf: Leaf; onChange: (leaf: Leaf) => void; onRemove: () => void }

export function FilterRow({ fields, leaf, onChange, onRemove }: Props) {
  const { t } = useTranslation('views')
  const nameOf = useFieldName()
  const field = fields.find((one) => one.name === leaf.field)
  const names = fields.map((one) => ({ value: one.name, label: nameOf(one) }))
  return (
    <div className="grid items-start gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,0.8fr)_minmax(0,1.2fr)_auto]">
      <Select
        labelHidden
        label={t('field')}
        value={leaf.field}
        options={field ? names : [{ value: leaf.field, label: t('gone') }, ...names]}
        onChange={(event) => {
          const next = fields.find((one) => one.name === event.target.value)
          if (next) onChange(fresh(next))
        }}
      />
      {field ? (
        <Select labelHidden label={t('op')} value={leaf.op} options={offered(field).map((op) => ({ value: op, label: t(`ops.${op}`) }))} onChange={(event) => onChange(withOp(leaf, offered(field).find((op) => op === event.target.value) ?? leaf.op))} />
      ) : (
        <span />
      )}
      <div className="min-w-0">{field && shapeOf(leaf.op) !== 'none' && <FilterValue key={`${leaf.field} ${shapeOf(leaf.op)}`} field={field} leaf={leaf} onChange={(value) => onChange({ ...leaf, value })} />}</div>
      <IconButton bare label={t('remove')} icon={<Trash2 className="size-4" />} onClick={onRemove} />
    </div>
  )
}
