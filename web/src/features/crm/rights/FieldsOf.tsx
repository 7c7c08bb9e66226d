/** The fields of a form, as far as whoever fills it in may see and change them. */
import { createContext, useContext, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { Notice } from '@/ui/Notice'
import { useFieldRight, type FieldRight } from './rights'

const Rights = createContext<(field: string) => FieldRight | undefined>(() => undefined)

type Props = { object: string; isNew: boolean; children: ReactNode }

export function FieldsOf({ object, isNew, children }: Props) {
  const { t } = useTranslation('ui')
  const right = useFieldRight(object, isNew)
  const closed = Object.keys(useMe().fields[object] ?? {}).some((field) => right(field) === 'read_only')
  return (
    <Rights value={right}>
      {closed && <Notice>{t('field.some_read_only')}</Notice>}
      {children}
    </Rights>
  )
}

/** What is taken of a field of the form around. */
export const useFormRight = () => useContext(Rights)

/** A part of the form that belongs to a field: left out where it is hidden, closed where it may only be read. */
export function FieldOf({ field, children }: { field: string; children: ReactNode }) {
  const right = useFormRight()(field)
  if (right === 'hidden') return null
  // The fieldset takes no room of its own; what it holds stays in the form's grid.
  return right === 'read_only' ? (
    <fieldset disabled className="contents">
      {children}
    </fieldset>
  ) : (
    children
  )
}
