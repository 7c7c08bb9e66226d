/** Which columns of a list can be changed in place, by their ids. Relations, scores and what a source was are not among them. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSeesAmounts } from '@/api/me'
import { referenceQuery } from '@/api/reference'
import { isSeen, nameOf } from '@/lib/format'
import type { Deal } from '../api'
import { described, type BuiltIn } from '../bulk/fields'
import { useCustomFields, type CustomKind } from '../custom/api'
import { CHOSEN, type Lead } from '../leads/api'
import { useFieldRight } from '../rights/rights'
import type { InlineField } from './value'

/** Kinds that fit into a cell: long texts and relations are changed in the record. */
const KINDS: readonly CustomKind[] = ['text', 'number', 'money', 'date', 'choice', 'multi_choice', 'link', 'email', 'phone', 'person']

const plain = (input: Omit<BuiltIn, 'label'>): InlineField => ({ name: input.name, as: 'plain', field: described({ ...input, label: '' }).field })
const text = (name: string, required = false) => plain({ name, kind: 'text', required })

const NAME = text('name', true)
const NAMES: InlineField = { ...text('name', true), as: 'names' }
/** A lead may be called by its company, or by how it is reached. */
const LEAD_NAMES: InlineField = { ...text('name'), as: 'names' }
const EMAIL = plain({ name: 'email', kind: 'email' })
const PHONE = plain({ name: 'phone', kind: 'phone' })
const OWNER: InlineField = { ...plain({ name: 'owner_id', kind: 'person' }), as: 'owner' }
const TAGS: InlineField = { ...text('tags'), as: 'tags' }
/** The sum of lines is changed in the lines. */
const AMOUNT: InlineField = {
  ...plain({ name: 'amount', kind: 'money' }),
  as: 'amount',
  may: (row) => !(row as unknown as Deal).amount_computed && isSeen((row as unknown as Deal).amount),
}

const REACHED = { email: EMAIL, phone: PHONE, owner: OWNER }
const BUILT_IN: Record<string, Record<string, InlineField>> = {
  company: { ...REACHED, name: NAME, tax_id: text('tax_id'), city: text('city'), tags: TAGS },
  contact: { ...REACHED, name: NAMES, job_title: text('job_title'), city: text('city'), tags: TAGS },
  deal: { name: NAME, amount: AMOUNT, expected_close: plain({ name: 'expected_close', kind: 'date' }), owner: OWNER },
  lead: { ...REACHED, name: LEAD_NAMES, company: text('company_name') },
}
const RECORD = { name: NAME, owner: OWNER }

export function useInlineFields(noun: string): Record<string, InlineField> {
  const { t } = useTranslation('leads')
  const { data } = useQuery(referenceQuery)
  const own = useCustomFields(noun)
  const seesAmounts = useSeesAmounts()
  const right = useFieldRight(noun)
  return useMemo(() => {
    const fields: Record<string, InlineField> = { ...(BUILT_IN[noun] ?? RECORD) }
    if (noun === 'company') fields.country = plain({ name: 'country', kind: 'choice', choices: (data?.countries ?? []).map(({ code }) => ({ id: code, label: nameOf('region', code) })) })
    if (noun === 'lead') {
      const status = plain({ name: 'status', kind: 'choice', required: true, choices: CHOSEN.map((id) => ({ id, label: t(`status.${id}`) })) })
      // What comes of an action of its own is neither chosen nor taken back here.
      fields.status = { ...status, may: (row) => CHOSEN.some((one) => one === (row as unknown as Lead).status) }
    }
    for (const field of own) if (KINDS.includes(field.kind) && !field.right) fields[`custom.${field.key}`] = { name: `custom.${field.key}`, as: 'custom', field }
    // Nobody sets what they do not see, or may only read.
    return Object.fromEntries(Object.entries(fields).filter(([name, { field }]) => !right(name) && (seesAmounts || field.kind !== 'money')))
  }, [noun, data, own, right, seesAmounts, t])
}
