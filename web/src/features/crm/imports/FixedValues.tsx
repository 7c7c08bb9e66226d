/** What fields get in rows that leave them blank: the source of a fair, a tag for everybody. */
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import type { Import } from './api'
import { useTargetName } from './MappingTable'

type Props = { one: Import; busy: boolean; onChange: (defaults: Record<string, string>) => void }

export function FixedValues({ one, busy, onChange }: Props) {
  const { t } = useTranslation('crm')
  const nameOf = useTargetName()
  const [rows, setRows] = useState(() => Object.entries(one.options.defaults))
  const label = (key: string) => one.targets.find((target) => target.key === key)?.label ?? nameOf(key)
  const free = one.targets.filter(({ key }) => !rows.some(([held]) => held === key))
  const keep = (next: [string, string][]) => {
    setRows(next)
    const held = Object.fromEntries(next.filter(([key, text]) => key && text.trim()))
    if (JSON.stringify(held) !== JSON.stringify(one.options.defaults)) onChange(held)
  }
  const put = (at: number, row: [string, string]) => rows.map((held, index): [string, string] => (index === at ? row : held))
  return (
    <div className="panel flex flex-col gap-3 p-4">
      <p className="text-sm text-soft">{t('import.fixed_about')}</p>
      {rows.map(([key, text], at) => (
        <div key={key} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)_auto] items-end gap-3">
          <Select
            label={t('import.fixed_field')}
            labelHidden
            disabled={busy}
            value={key}
            onChange={(event) => keep(put(at, [event.target.value, text]))}
            options={[{ value: key, label: label(key) }, ...free.map((target) => ({ value: target.key, label: label(target.key) }))]}
          />
          <TextField
            label={t('import.fixed_value', { field: label(key) })}
            labelHidden
            disabled={busy}
            value={text}
            onChange={(event) => setRows(put(at, [key, event.target.value]))}
            onBlur={() => keep(rows)}
          />
          <IconButton bare label={t('import.fixed_remove', { field: label(key) })} icon={<X className="size-4" />} onClick={() => keep(rows.filter((_, index) => index !== at))} />
        </div>
      ))}
      {free[0] && (
        <Button kind="quiet" className="self-start" icon={<Plus className="size-4" />} disabled={busy} onClick={() => setRows([...rows, [(free.find(({ key }) => key === 'tags') ?? free[0])?.key ?? '', '']])}>
          {t('import.fixed_add')}
        </Button>
      )}
    </div>
  )
}
