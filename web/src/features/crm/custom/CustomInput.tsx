/** One input, by the kind of its field. */
import { useQuery } from '@tanstack/react-query'
import { useMe } from '@/api/me'
import { referenceQuery } from '@/api/reference'
import { Checkbox } from '@/ui/Checkbox'
import { Combobox } from '@/ui/Combobox'
import { DateField } from '@/ui/DateField'
import { DecimalField } from '@/ui/MoneyField'
import { PhoneField } from '@/ui/PhoneField'
import { Select, type Option } from '@/ui/Select'
import { TextArea, TextField } from '@/ui/TextField'
import { companyOptions, contactOptions, dealOptions, membersQuery } from '../api'
import { leadOptions } from '../leads/api'
import { recordOptions } from '../objects/api'
import type { CustomField } from './api'
import { MoneyInput } from './MoneyInput'

type Props = {
  field: CustomField
  value: unknown
  onChange: (value: unknown) => void
  error: string | undefined
  names: Record<string, string>
  /** In a cell of a list: the label that is heard and not seen, instead of the field's own; no hint, which would have no room. */
  unseen?: string
}

const LOADERS: Record<string, (q: string) => Promise<Option[]>> = { company: companyOptions, contact: contactOptions(null), deal: dealOptions, lead: leadOptions }
export const loaderOf = (target: string) => LOADERS[target] ?? recordOptions(target)

export function CustomInput(props: Props) {
  const { field, value, onChange, error, names, unseen } = props
  const words = { label: unseen ?? field.label, labelHidden: unseen !== undefined, optional: !field.required && unseen === undefined, error, hint: (unseen === undefined && field.help) || undefined }
  const text = typeof value === 'string' ? value : ''
  const typed = { ...words, value: text, onChange: (event: { target: { value: string } }) => onChange(event.target.value) }
  switch (field.kind) {
    case 'long_text':
      return <TextArea {...typed} maxLength={10_000} dir="auto" />
    case 'number':
      return <DecimalField {...words} negative digits={10} value={text} onChange={onChange} />
    case 'money':
      return <MoneyInput {...words} value={value} onChange={onChange} />
    case 'date':
      return <DateField {...typed} />
    case 'choice':
      return <Select {...typed} placeholder="" options={offered(field, [text]).map((choice) => ({ value: choice.id, label: choice.label }))} />
    case 'multi_choice':
      return <Several {...props} />
    case 'email':
      return <TextField {...typed} type="email" autoComplete="off" />
    case 'phone':
      return <Phone {...words} value={text} onChange={onChange} />
    case 'person':
      return <Person {...words} value={text} onChange={onChange} names={names} />
    case 'relation':
      return (
        <Combobox
          {...words}
          clearable
          value={text || null}
          chosen={text ? { value: text, label: names[text] ?? text } : null}
          search={{ key: field.target ?? 'company', load: loaderOf(field.target ?? 'company') }}
          onChange={onChange}
        />
      )
    default:
      return <TextField {...typed} autoComplete="off" maxLength={500} dir="auto" />
  }
}

/** What can be chosen: what is offered, and what the record has although it is no longer offered. */
const offered = (field: CustomField, had: unknown[]) => field.choices.filter((choice) => !choice.archived || had.includes(choice.id))

function Several({ field, value, onChange, error, unseen }: Props) {
  const chosen = Array.isArray(value) ? (value as string[]) : []
  return (
    <fieldset>
      <legend className={unseen === undefined ? 'mb-1 text-sm font-medium' : 'sr-only'}>{unseen ?? field.label}</legend>
      <div className={unseen === undefined ? 'flex flex-wrap gap-x-5 gap-y-2' : 'flex max-h-60 flex-col gap-2 overflow-y-auto p-2'}>
        {offered(field, chosen).map((choice) => (
          <Checkbox
            key={choice.id}
            label={choice.label}
            checked={chosen.includes(choice.id)}
            onChange={(on) => onChange(on ? [...chosen, choice.id] : chosen.filter((id) => id !== choice.id))}
          />
        ))}
      </div>
      {field.help && unseen === undefined && <p className="mt-1 text-sm text-soft">{field.help}</p>}
      {error && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {error}
        </p>
      )}
    </fieldset>
  )
}

type Words = { label: string; labelHidden: boolean; optional: boolean; error: string | undefined; hint: string | undefined; value: string; onChange: (value: unknown) => void }

function Phone(props: Words) {
  const me = useMe()
  const reference = useQuery(referenceQuery)
  return <PhoneField {...props} countries={reference.data?.countries ?? []} country={me.tenant.country} />
}

function Person({ names, value, ...props }: Words & { names: Record<string, string> }) {
  const members = useQuery(membersQuery)
  return (
    <Combobox
      {...props}
      clearable
      value={value || null}
      // Somebody who has left is still called by name.
      chosen={value ? { value, label: names[value] ?? value } : null}
      options={(members.data?.items ?? []).map((member) => ({ value: member.id, label: member.name }))}
    />
  )
}
