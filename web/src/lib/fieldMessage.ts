import { useTranslation } from 'react-i18next'

/** An error of a field, or of a field that holds an object: both carry a message. */
type AnyFieldError = { message?: unknown } | undefined

/** The sentence for a form error: a key from our schemas ("field.required"), or the server's own words. */
export function useFieldMessage(): (error: AnyFieldError) => string | undefined {
  const { t, i18n } = useTranslation('ui')
  return (error) => {
    if (!error) return undefined
    const { message } = error
    if (typeof message !== 'string' || !message) return t('field.required')
    const [, key, count] = message.match(/^([a-z_]+\.[a-z_]+)(?: (\d+))?$/) ?? []
    return key && i18n.exists(`ui:${key}`, { count: 0 }) ? i18n.t(`ui:${key}`, { count: Number(count ?? 0) }) : message
  }
}
