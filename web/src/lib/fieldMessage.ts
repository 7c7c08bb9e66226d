import { useTranslation } from 'react-i18next'
import type { FieldError } from 'react-hook-form'

/** The sentence for a form error: a key from our schemas ("field.required"), or the server's own words. */
export function useFieldMessage(): (error: FieldError | undefined) => string | undefined {
  const { t, i18n } = useTranslation('ui')
  return (error) => {
    if (!error?.message) return error ? t('field.required') : undefined
    const key = `ui:${error.message}`
    return /^[\w.]+$/.test(error.message) && i18n.exists(key, { count: 0 }) ? i18n.t(key, { count: 200 }) : error.message
  }
}
