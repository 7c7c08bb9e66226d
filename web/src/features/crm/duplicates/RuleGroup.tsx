/** One group of a rule, with the groups in it. */
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Segmented } from '@/ui/Segmented'
import { Select } from '@/ui/Select'
import type { Compared, Noun, Rule } from './api'

const SHARED: Compared[] = ['name', 'email', 'phone', 'linkedin', 'street', 'city', 'postal_code']
const FIELDS: Record<Noun, Compared[]> = { contact: [...SHARED, 'birth_date', 'company'], company: [...SHARED, 'tax_id', 'domain'] }
const GRADED: Compared[] = ['name', 'street', 'city']
const STEPS = [50, 60, 70, 75, 80, 85, 88, 90, 92, 94, 96, 98, 100]

type Props = { noun: Noun; rule: Rule; depth: number; onChange: (rule: Rule) => void; onRemove?: () => void }

export function RuleGroup({ noun, rule, depth, onChange, onRemove }: Props) {
  const { t } = useTranslation('duplicates')
  const mode = rule.all ? 'all' : 'any'
  const parts = rule.all ?? rule.any ?? []
  const put = (next: Rule[], as: 'all' | 'any' = mode) => onChange(as === 'all' ? { all: next } : { any: next })
  const replace = (index: number, part: Rule) => put(parts.map((old, at) => (at === index ? part : old)))
  const remove = (index: number) => put(parts.filter((_, at) => at !== index))
  return (
    <div role="group" aria-label={t(`rule.${mode}`)} className={depth > 0 ? 'space-y-2 rounded-md border border-line p-3' : 'space-y-2'}>
      <div className="flex items-center justify-between gap-2">
        <Segmented label={t('rule.mode')} value={mode} onChange={(next) => put(parts, next)} options={[{ value: 'all', label: t('rule.all') }, { value: 'any', label: t('rule.any') }]} />
        {onRemove && <IconButton bare size="sm" label={t('rule.remove_group')} icon={<Trash2 className="size-4" />} onClick={onRemove} />}
      </div>
      {parts.map((part, index) =>
        part.all || part.any ? (
          <RuleGroup key={index} noun={noun} rule={part} depth={depth + 1} onChange={(next) => replace(index, next)} {...(parts.length > 1 ? { onRemove: () => remove(index) } : {})} />
        ) : (
          <Comparison key={index} noun={noun} rule={part} onChange={(next) => replace(index, next)} {...(parts.length > 1 ? { onRemove: () => remove(index) } : {})} />
        ),
      )}
      <div className="flex flex-wrap gap-2">
        <Button kind="quiet" icon={<Plus className="size-4" />} onClick={() => put([...parts, { same: 'email' }])}>
          {t('rule.add')}
        </Button>
        {depth < 4 && (
          <Button kind="quiet" icon={<Plus className="size-4" />} onClick={() => put([...parts, mode === 'any' ? { all: [{ same: 'email' }] } : { any: [{ same: 'email' }] }])}>
            {t('rule.add_group')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Comparison({ noun, rule, onChange, onRemove }: Omit<Props, 'depth'>) {
  const { t } = useTranslation('duplicates')
  const field = rule.same ?? rule.alike ?? 'name'
  const least = rule.alike ? (rule.at_least ?? 90) : 0
  const set = (next: Compared, percent: number) => onChange(percent && GRADED.includes(next) ? { alike: next, at_least: percent } : { same: next })
  const steps = [...new Set([...STEPS, ...(least ? [least] : [])])].sort((a, b) => a - b)
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Select labelHidden label={t('rule.field')} value={field} options={FIELDS[noun].map((value) => ({ value, label: t(`compared.${value}`) }))} onChange={(event) => set(event.target.value as Compared, least)} />
      <Select
        labelHidden
        label={t('rule.how')}
        value={String(least)}
        options={[{ value: '0', label: t('rule.same') }, ...(GRADED.includes(field) ? steps.map((step) => ({ value: String(step), label: t('rule.alike', { percent: step }) })) : [])]}
        onChange={(event) => set(field, Number(event.target.value))}
      />
      {onRemove && <IconButton bare label={t('rule.remove')} icon={<Trash2 className="size-4" />} onClick={onRemove} />}
    </div>
  )
}
