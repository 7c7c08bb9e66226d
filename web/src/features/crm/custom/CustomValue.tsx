/** A value as a person reads it: on record pages and in tables. */
import { Link } from '@tanstack/react-router'
import { useMemo, type ReactNode } from 'react'
import { useSeesAmounts } from '@/api/me'
import { date, decimal, type Money } from '@/lib/format'
import { pageOf } from '@/lib/record'
import { Amount } from '@/ui/Amount'
import type { Column } from '@/ui/DataTable'
import { Tags } from '@/ui/TagsField'
import { EmailLink, PhoneLink, WebLink } from '../links'
import { type Custom, type CustomField, type CustomObject, useCustomFields } from './api'

type Holder = { custom: Custom; custom_names: Record<string, string> }

/** The word of a choice, also of one that is no longer offered. */
const labelOf = (field: CustomField, id: string) => field.choices.find((choice) => choice.id === id)?.label ?? id

export function CustomValue({ field, record }: { field: CustomField; record: Holder }): ReactNode {
  const value = record.custom[field.key]
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return <Tags tags={value.map((id) => labelOf(field, String(id)))} />
  if (typeof value === 'object') {
    return (
      <span className="tabular">
        <Amount value={value as Money} />
      </span>
    )
  }
  const text = String(value)
  switch (field.kind) {
    case 'choice':
      return labelOf(field, text)
    case 'number':
      return <span className="tabular">{decimal(text)}</span>
    case 'date':
      return date(text)
    case 'email':
      return <EmailLink email={text} />
    case 'phone':
      return <PhoneLink phone={text} />
    case 'link':
      return <WebLink address={text} />
    case 'person':
      return record.custom_names[text] ?? text
    case 'relation': {
      const page = pageOf(text)
      const name = record.custom_names[text]
      return page && name ? (
        <Link {...page} className="text-accent-ink hover:underline">
          {name}
        </Link>
      ) : (
        (name ?? text)
      )
    }
    default:
      return (
        <span dir="auto" className="wrap-anywhere whitespace-pre-wrap">
          {text}
        </span>
      )
  }
}

/** The facts of a record page. */
export function useCustomFacts(object: CustomObject, record: Holder): { label: string; value: ReactNode }[] {
  const fields = useCustomFields(object)
  return fields.map((field) => ({
    label: field.label,
    value: record.custom[field.key] === undefined ? null : <CustomValue field={field} record={record} />,
  }))
}

/** Columns of a list: hidden until chosen. */
export function useCustomColumns<T extends Holder>(object: CustomObject): Column<T>[] {
  const fields = useCustomFields(object)
  const seesAmounts = useSeesAmounts()
  return useMemo(
    () =>
      fields.map((field) => ({
        id: `custom.${field.key}`,
        header: field.label,
        width: field.kind === 'long_text' ? 240 : 150,
        hidden: true,
        ...(field.kind === 'multi_choice' || (field.kind === 'money' && !seesAmounts) ? {} : { sort: `custom.${field.key}` }),
        ...(field.kind === 'number' || field.kind === 'money' ? { align: 'right' as const } : {}),
        cell: (record: T) => <CustomValue field={field} record={record} />,
      })),
    [fields, seesAmounts],
  )
}
