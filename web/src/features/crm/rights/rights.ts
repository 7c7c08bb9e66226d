/**
 * What is taken of single fields from whoever looks, as the server says it. It sends nothing of what is hidden and takes
 * nothing for what is read only; here the screens leave the one out and close the other.
 */
import { useCallback } from 'react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'

export type FieldRight = Schema<'FieldRight'>

/** Columns and inputs that are parts of a field, or go by another name than rights give it. */
const PARTS: Record<string, string> = {
  given_name: 'name',
  family_name: 'name',
  company_name: 'name',
  street: 'address',
  city: 'address',
  region: 'address',
  postal_code: 'address',
  owner_id: 'owner',
  company_id: 'company',
  contact_id: 'contact',
  stage_id: 'stage',
  parent_id: 'parent',
  emails: 'email',
  phones: 'phone',
  utm: 'origin',
  landing_page: 'origin',
}

/** A person's country is part of the address; a lead's company is part of what it is called. */
const OF_OBJECT: Record<string, Record<string, string>> = { contact: { country: 'address' }, lead: { company: 'name' } }

const nameOf = (object: string, field: string) => OF_OBJECT[object]?.[field] ?? PARTS[field] ?? field

/** A record cannot be without these: who may not change them gives them once. */
const GIVEN_ONCE = ['name', 'company', 'contact', 'owner', 'parent', 'stage', 'status', 'amount']

/** What is taken of a field, which may be called as a column or an input is; `isNew`: of a record that is being made. */
export function useFieldRight(object: string, isNew = false): (field: string) => FieldRight | undefined {
  const taken = useMe().fields[object]
  return useCallback(
    (field) => {
      const name = nameOf(object, field)
      return isNew && GIVEN_ONCE.includes(name) ? undefined : taken?.[name]
    },
    [object, isNew, taken],
  )
}

/** What of a change may be sent: what its sender may write. */
export function useOpen(object: string, isNew: boolean): <T extends object>(body: T) => T {
  const right = useFieldRight(object, isNew)
  return useCallback((body) => Object.fromEntries(Object.entries(body).filter(([field]) => !right(field))) as typeof body, [right])
}

/** Those of some facts or columns whose field is shown; one without a field always is. */
export function useShown(object: string): <T extends { field?: string }>(items: T[]) => T[] {
  const right = useFieldRight(object)
  return useCallback((items) => items.filter(({ field }) => !field || right(field) !== 'hidden'), [right])
}
