/** How a file writes its table, as guessed; each part can be overruled and the file is read anew. */
import { useTranslation } from 'react-i18next'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import type { Dialect } from './api'

const DELIMITERS = [',', ';', '\t', '|']
const ENCODINGS = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15', 'windows-1250', 'macintosh']
const QUOTES = ['"', "'"]

/** The known choices, and the present one if it is none of them. */
const withCurrent = (known: string[], current: string) => (known.includes(current) ? known : [current, ...known])

type Props = { dialect: Dialect; busy: boolean; onChange: (dialect: Dialect) => void }

export function DialectFields({ dialect, busy, onChange }: Props) {
  const { t, i18n } = useTranslation('crm')
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
      <div className="flex min-h-(--control) items-center">
        <div className="flex-1">
          <Switch label={t('import.has_header')} checked={dialect.has_header} disabled={busy} onChange={(has_header) => set({ has_header })} />
        </div>
      </div>
    </div>
  )
}
