/** The value of a condition, by the kind of its field and what the operator wants. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { Checkbox } from '@/ui/Checkbox'
import { Combobox } from '@/ui/Combobox'
import { DateField } from '@/ui/DateField'
import { DecimalField } from '@/ui/MoneyField'
import { Select } from '@/ui/Select'
import { TagsField } from '@/ui/TagsField'
import { TextField } from '@/ui/TextField'
import { membersQuery, pipelinesQuery } from '../api'
import { loaderOf } from '../custom/CustomInput'
import { MoneyInput } from '../custom/MoneyInput'
import type { FilterField } from './api'
import { shapeOf, type Leaf } from './tree'
import { useRecordName } from './useRecordName'

type Props = { field: FilterField; leaf: Leaf; onChange: (value: unknown) => void }
type One = { field: FilterField; value: unknown; onChange: (value: unknown) => void; label: string }

export function FilterValue({ field, leaf, onChange }: Props) {
  const { t } = useTranslation('views')
  const shape = shapeOf(leaf.op)
  if (shape === 'several') return <Several field={field} value={Array.isArray(leaf.value) ? leaf.value.map(String) : []} onChange={onChange} />
  if (shape === 'days') return <TextField type="number" min={0} max={36500} labelHidden label={t('days')} suffix={t('days')} value={String(leaf.value ?? '')} onChange={(event) => onChange(event.target.value === '' ? '' : Math.max(0, Math.trunc(Number(event.target.value))))} />
  if (shape === 'period') return <Select labelHidden label={t('period')} value={String(leaf.value)} options={(['week', 'month', 'quarter', 'year'] as const).map((value) => ({ value, label: t(`periods.${value}`) }))} onChange={(event) => onChange(event.target.value)} />
  if (shape === 'pair') {
    const [from, to] = Array.isArray(leaf.value) ? leaf.value : ['', '']
    return (
      <div className="grid gap-2">
        <Single field={field} label={t('from')} value={from} onChange={(next) => onChange([next, to])} />
        <Single field={field} label={t('to')} value={to} onChange={(next) => onChange([from, next])} />
      </div>
    )
  }
  return <Single field={field} label={t('value')} value={leaf.value} onChange={onChange} />
}

function Single(props: One) {
  const { field, value, onChange, label } = props
  const { t } = useTranslation(['views', 'crm'])
  const text = typeof value === 'string' ? value : ''
  const typed = { labelHidden: true, label, value: text, onChange: (event: { target: { value: string } }) => onChange(event.target.value) }
  switch (field.kind) {
    case 'choice':
    case 'tags':
      return <Select {...typed} placeholder={t('choose')} options={choicesOf(field, t)} />
    case 'number':
      // A built-in number is whole and goes as one; one of the workspace's own is an exact decimal.
      return field.label === null ? (
        <TextField {...typed} type="number" value={String(value ?? '')} onChange={(event) => onChange(event.target.value === '' ? '' : Math.trunc(Number(event.target.value)))} />
      ) : (
        <DecimalField labelHidden label={label} negative digits={10} value={text} onChange={onChange} />
      )
    case 'money':
      return <MoneyInput label={label} optional={false} error={undefined} hint={undefined} value={typeof value === 'object' ? value : null} onChange={(next) => onChange(next ?? '')} />
    case 'date':
    case 'time':
      return <DateField {...typed} />
    case 'person':
      return <Person {...props} />
    case 'relation':
      return field.target === 'stage' || field.target === 'pipeline' ? <OfPipeline {...props} /> : <Relation {...props} />
    default:
      return <TextField {...typed} autoComplete="off" dir="auto" maxLength={500} />
  }
}

type Say = (key: 'words.open') => string

/** The words a field may be, in words. */
const choicesOf = (field: FilterField, t: Say) =>
  field.choices.length > 0 ? field.choices.map((choice) => ({ value: choice.id, label: choice.label })) : field.words.map((word) => ({ value: word, label: t(`words.${word}` as 'words.open') }))

function usePeople() {
  const { t } = useTranslation(['views', 'crm'])
  const me = useMe()
  const members = useQuery(membersQuery)
  const others = (members.data?.items ?? []).filter((member) => member.id !== me.member.id)
  return [{ value: 'me', label: t('crm:owner.mine') }, ...others.map((member) => ({ value: member.id, label: member.name }))]
}

function Person({ value, onChange, label }: One) {
  const { t } = useTranslation('views')
  return <Select labelHidden label={label} placeholder={t('choose')} value={String(value ?? '')} options={usePeople()} onChange={(event) => onChange(event.target.value)} />
}

function OfPipeline({ field, value, onChange, label }: One) {
  const { t } = useTranslation('views')
  const pipelines = useQuery(pipelinesQuery)
  const all = pipelines.data?.items ?? []
  const options =
    field.target === 'pipeline'
      ? all.map((pipeline) => ({ value: pipeline.id, label: pipeline.name }))
      : all.flatMap((pipeline) => pipeline.stages.map((stage) => ({ value: stage.id, label: all.length > 1 ? `${pipeline.name}: ${stage.name}` : stage.name })))
  return <Select labelHidden label={label} placeholder={t('choose')} value={String(value ?? '')} options={options} onChange={(event) => onChange(event.target.value)} />
}

function Relation({ field, value, onChange, label }: One) {
  const text = typeof value === 'string' && value ? value : null
  const name = useRecordName(text)
  const target = field.target ?? 'company'
  return <Combobox labelHidden label={label} value={text} chosen={text ? { value: text, label: name ?? '…' } : null} search={{ key: target, load: loaderOf(target) }} onChange={(next) => onChange(next ?? '')} />
}

function Several({ field, value, onChange }: { field: FilterField; value: string[]; onChange: (value: unknown) => void }) {
  const { t } = useTranslation('views')
  const people = usePeople()
  if (field.kind === 'tags' && field.choices.length === 0) return <TagsField labelHidden label={t('value')} value={value} onChange={onChange} />
  const options = field.kind === 'person' ? people : choicesOf(field, t)
  return (
    <fieldset className="max-h-40 overflow-y-auto rounded-md border border-line p-2">
      <legend className="sr-only">{t('value')}</legend>
      {options.map((option) => (
        <Checkbox key={option.value} label={option.label} checked={value.includes(option.value)} onChange={(on) => onChange(on ? [...value, option.value] : value.filter((one) => one !== option.value))} />
      ))}
    </fieldset>
  )
}
