/** The columns of the file with samples, and the field of ours each one feeds. */
import { useTranslation } from 'react-i18next'
import { Badge, type Tone } from '@/ui/Badge'
import { Select } from '@/ui/Select'
import type { Import, ImportColumn } from './api'

const toneOf = (score: number): Tone => (score >= 80 ? 'good' : score >= 50 ? 'warn' : 'neutral')

export function useTargetName(): (target: string) => string {
  const { t, i18n } = useTranslation('crm')
  return (target) => (i18n.exists(`crm:target.${target}`) ? t(`target.${target}`) : target.replaceAll('_', ' '))
}

export function MappingTable({ one, mapping, onMap }: { one: Import; mapping: (string | null)[]; onMap: (column: number, target: string | null) => void }) {
  const { t } = useTranslation('crm')
  const nameOf = useTargetName()
  const options = [{ value: '', label: t('import.leave_out') }, ...one.targets.map(({ key, label }) => ({ value: key, label: label ?? nameOf(key) }))]
  return (
    <ul className="panel divide-y divide-line">
      {one.columns.map((column) => (
        <li key={column.column} className="grid items-center gap-x-4 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)_15rem]">
          <div className="min-w-0">
            <div className="truncate text-base font-medium">{column.header ?? t('import.column', { number: column.column + 1 })}</div>
            <Reason column={column} changed={(mapping[column.column] ?? null) !== column.guess} />
          </div>
          <div className="truncate text-sm text-faint">{column.samples.filter(Boolean).slice(0, 4).join(' · ') || '–'}</div>
          <Select
            label={t('import.goes_to', { column: column.header ?? column.column + 1 })}
            labelHidden
            value={mapping[column.column] ?? ''}
            onChange={(event) => onMap(column.column, event.target.value || null)}
            options={options}
          />
        </li>
      ))}
    </ul>
  )
}

/** Why the guess is what it is, what speaks against it, or why the column is left out. */
function Reason({ column, changed }: { column: ImportColumn; changed: boolean }) {
  const { t } = useTranslation('crm')
  const remark = column.left_out ?? column.warning
  if (changed) return <Badge tone="accent">{t('import.by_you')}</Badge>
  if (remark) return <p className="text-sm text-warn">{remark.message}</p>
  if (!column.guess) return <span className="text-sm text-faint">{t('import.no_guess')}</span>
  return <Badge tone={toneOf(column.score)}>{t(`import.by.${column.by}`)}</Badge>
}
