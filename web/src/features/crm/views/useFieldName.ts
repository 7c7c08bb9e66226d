/** What a field is called: the workspace's own by their labels, the others in the reader's language. */
import { useTranslation } from 'react-i18next'
import type { FilterField } from './api'

export function useFieldName(): (field: FilterField) => string {
  const { t, i18n } = useTranslation('views')
  return (field) => {
    const key = `fields.${field.name}` as 'fields.name'
    return field.label ?? (i18n.exists(`views:${key}`) ? t(key) : field.name)
  }
}
