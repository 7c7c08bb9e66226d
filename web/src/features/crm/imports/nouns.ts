/** What comes in from files: what it is called, who may bring it, and where it is listed. */
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { useObjects } from '../objects/api'

/** The right to make one, beside that to bring files. */
const RIGHTS = { contact: 'contact.edit', lead: 'lead.edit', deal: 'deal.edit' } as const
const OWN = 'custom_record.edit'

type BuiltIn = keyof typeof RIGHTS

const isBuiltIn = (noun: string): noun is BuiltIn => noun in RIGHTS

export type ImportNoun = { noun: string; plural: string }

/** May files of this noun be brought? Contacts need no right but that to bring files. */
export function useMayImport(noun: string): boolean {
  const { permissions } = useMe()
  const needed = noun === 'contact' ? 'contact.import' : isBuiltIn(noun) ? RIGHTS[noun] : OWN
  return permissions.includes('contact.import') && permissions.includes(needed)
}

/** May records of it be changed by a file? */
export function useMayUpdate(noun: string): boolean {
  return useMe().permissions.includes(isBuiltIn(noun) ? RIGHTS[noun] : OWN)
}

/** What records of a noun are called, many of them. */
export function useNounName(): (noun: string) => string {
  const { t } = useTranslation('app')
  const objects = useObjects()
  return (noun) => (isBuiltIn(noun) ? t(`nav.${noun}s`) : (objects.find((object) => object.id === noun)?.plural ?? noun))
}

/** Those that the person may bring. */
export function useImportNouns(): ImportNoun[] {
  const { permissions } = useMe()
  const nameOf = useNounName()
  const objects = useObjects()
  if (!permissions.includes('contact.import')) return []
  const builtIn = ['contact', 'lead', 'deal'].filter((noun) => noun === 'contact' || (isBuiltIn(noun) && permissions.includes(RIGHTS[noun])))
  const own = permissions.includes(OWN) ? objects.map((object) => object.id) : []
  return [...builtIn, ...own].map((noun) => ({ noun, plural: nameOf(noun) }))
}
