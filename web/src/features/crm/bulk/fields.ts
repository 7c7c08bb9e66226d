/**
 * The fields of a noun that can be set in a list or in many records at once. Built-in ones are described as the workspace's
 * own are, so that one input serves both.
 */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSeesAmounts } from '@/api/me'
import { referenceQuery } from '@/api/reference'
import { nameOf } from '@/lib/format'
import { LANGUAGES, LANGUAGE_NAMES } from '@/lib/i18n'
import { useCustomFields, type CustomField, type CustomKind } from '../custom/api'
import { CHOSEN } from '../leads/api'
import { useFieldRight } from '../rights/rights'

export type EditField = { name: string; field: CustomField; custom: boolean }
type Choice = { id: string; label: string }
export type BuiltIn = { name: string; kind: CustomKind; label: string; target?: string; choices?: Choice[]; required?: boolean }

export const described = ({ name, kind, label, target, choices, required }: BuiltIn): EditField => ({
  name,
  custom: false,
  field: {
    id: name,
    version: 0,
    object: 'company',
    key: name,
    label,
    help: null,
    kind,
    target: target ?? null,
    required: required ?? false,
    position: 0,
    choices: (choices ?? []).map((choice) => ({ ...choice, archived: false })),
  } as unknown as CustomField,
})

export function useEditFields(noun: string): EditField[] {
  const { t } = useTranslation(['crm', 'leads'])
  const { data } = useQuery(referenceQuery)
  const own = useCustomFields(noun)
  const seesAmounts = useSeesAmounts()
  const right = useFieldRight(noun)
  return useMemo(() => {
    const countries = (data?.countries ?? []).map(({ code }) => ({ id: code, label: nameOf('region', code) }))
    const languages = LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))
    const country: BuiltIn = { name: 'country', kind: 'choice', label: t('field.country'), choices: countries }
    const language: BuiltIn = { name: 'language', kind: 'choice', label: t('field.language'), choices: languages }
    const text = (name: 'city' | 'region' | 'postal_code' | 'job_title'): BuiltIn => ({ name, kind: 'text', label: t(`field.${name}`) })
    const about: BuiltIn = { name: 'about', kind: 'long_text', label: t('field.about') }
    const company: BuiltIn = { name: 'company_id', kind: 'relation', label: t('field.company'), target: 'company' }
    const place = [text('city'), text('region'), text('postal_code'), country, language]
    const builtIn: Record<string, BuiltIn[]> = {
      company: [...place, about],
      contact: [company, text('job_title'), ...place, about],
      deal: [company, { name: 'expected_close', kind: 'date', label: t('field.expected_close') }, { name: 'amount', kind: 'money', label: t('field.value'), required: true }],
      lead: [
        { name: 'status', kind: 'choice', label: t('leads:field.status'), required: true, choices: CHOSEN.map((id) => ({ id, label: t(`leads:status.${id}`) })) },
        country,
        language,
      ],
    }
    const fields = [...(builtIn[noun] ?? []).map(described), ...own.map((field) => ({ name: field.key, field, custom: true }))]
    // Nobody sets what they do not see, or may only read.
    return fields.filter(({ name, field, custom }) => !(custom ? field.right : right(name)) && (seesAmounts || field.kind !== 'money'))
  }, [noun, own, data, t, right, seesAmounts])
}

/** The change that sets one field; null clears it. */
export const settingOf = (field: EditField, value: unknown): Record<string, unknown> => {
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  const set = empty ? null : value
  return field.custom ? { custom: { [field.name]: set } } : { [field.name]: set }
}
