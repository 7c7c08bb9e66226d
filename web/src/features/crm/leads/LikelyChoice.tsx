/** One of those who are there already, a new one, or none. */
import { useId } from 'react'
import type { Likely } from '../duplicates/api'
import { Reasons } from '../duplicates/reasons'

export const NEW = 'new'
export const NONE = 'none'

type Props = {
  legend: string
  /** What a new one is called here; absent where none can be made. */
  fresh?: string | undefined
  none?: string
  found: Likely[]
  value: string
  onChange: (value: string) => void
}

export function LikelyChoice({ legend, fresh, none, found, value, onChange }: Props) {
  const name = useId()
  const option = (key: string, label: string, one?: Likely) => (
    <label key={key} className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2 text-base has-checked:border-accent has-checked:bg-accent-wash">
      <input type="radio" name={name} className="mt-1" checked={value === key} onChange={() => onChange(key)} />
      <span className="min-w-0 flex-1 space-y-1">
        <span className="block wrap-anywhere">
          {label} {one?.detail && <span className="text-soft">{one.detail}</span>}
        </span>
        {one && <Reasons reasons={one.reasons} />}
      </span>
    </label>
  )
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {found.map((one) => option(one.id, one.name, one))}
      {fresh && option(NEW, fresh)}
      {none && option(NONE, none)}
    </fieldset>
  )
}
