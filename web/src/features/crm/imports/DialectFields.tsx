/** How a file writes its table, as guessed; each part can be overruled and the file is read anew. Of a workbook, its sheet and
 * where the table begins; of cards nothing. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import { TextField } from '@/ui/TextField'
import type { Dialect, Import } from './api'

const DELIMITERS = [',', ';', '\t', '|']
const ENCODINGS = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15', 'windows-1250', 'macintosh']
const QUOTES = ['"', "'"]

/** The known choices, and the present one if it is none of them. */
const withCurrent = (known: string[], current: string) => (known.includes(current) ? known : [current, ...known])

type Props = { one: Import; busy: boolean; onChange: (dialect: Dialect) => void; onSheet: (sheet: string) => void }

export function DialectFields(props: Props) {
  const { t } = useTranslation('crm')
  if (props.one.format === 'vcard') return <p className="panel p-4 text-base text-soft">{t('import.cards_about')}</p>
  return props.one.format === 'xlsx' ? <SheetFields {...props} /> : <TextFields {...props} />
}

function SheetFields({ one, busy, onChange, onSheet }: Props) {
  const { t } = useTranslation('crm')
  const { dialect } = one
  const first = (dialect.skip_lines ?? 0) + 1
  const [row, setRow] = useState(String(first))
  const begin = () => {
    const wanted = Number.parseInt(row, 10)
    if (wanted >= 1 && wanted !== first) onChange({ ...dialect, skip_lines: wanted - 1 })
    else setRow(String(first))
  }
  return (
    <div className="panel grid items-end gap-4 p-4 sm:grid-cols-3">
      <Select
        label={t('import.sheet')}
        disabled={busy}
        value={one.sheet ?? ''}
        onChange={(event) => onSheet(event.target.value)}
        options={one.sheets.map((value) => ({ value, label: value }))}
      />
      <TextField
        label={t('import.header_row')}
        inputMode="numeric"
        disabled={busy}
        value={row}
        onChange={(event) => setRow(event.target.value)}
        onBlur={begin}
        onKeyDown={(event) => event.key === 'Enter' && begin()}
      />
      <Header dialect={dialect} busy={busy} onChange={onChange} />
    </div>
  )
}

function Header({ dialect, busy, onChange }: Pick<Props, 'busy' | 'onChange'> & { dialect: Dialect }) {
  const { t } = useTranslation('crm')
  return (
    <div className="flex min-h-(--control) items-center">
      <div className="flex-1">
        <Switch label={t('import.has_header')} checked={dialect.has_header} disabled={busy} onChange={(has_header) => onChange({ ...dialect, has_header })} />
      </div>
    </div>
  )
}

function TextFields({ one, busy, onChange }: Props) {
  const { t, i18n } = useTranslation('crm')
  const { dialect } = one
  const set = (change: Partial<Dialect>) => onChange({ ...dialect, ...change })
  const delimiterName = (value: string) => {
    const name = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }[value]
    return name && i18n.exists(`crm:delimiter.${name}`) ? t(`delimiter.${name}`) : value
  }
  return (
    <div className="panel grid items-end gap-4 p-4 sm:grid-cols-2 lg:grid-cols-4">
      <Select
        label={t('import.delimiter')}
        disabled={busy}
        value={dialect.delimiter}
        onChange={(event) => set({ delimiter: event.target.value })}
        options={withCurrent(DELIMITERS, dialect.delimiter).map((value) => ({ value, label: delimiterName(value) }))}
      />
      <Select
        label={t('import.encoding')}
        disabled={busy}
        value={dialect.encoding}
        onChange={(event) => set({ encoding: event.target.value })}
        options={withCurrent(ENCODINGS, dialect.encoding).map((value) => ({ value, label: value }))}
      />
      <Select
        label={t('import.quote')}
        disabled={busy}
        value={dialect.quote ?? ''}
        onChange={(event) => set({ quote: event.target.value || null })}
        options={[...withCurrent(QUOTES, dialect.quote ?? '"').map((value) => ({ value, label: value })), { value: '', label: t('import.no_quote') }]}
      />
      <Header dialect={dialect} busy={busy} onChange={onChange} />
    </div>
  )
}
