/** "invoice.issue" in words. A permission newer than our words is shown as it is called. */
import { useTranslation } from 'react-i18next'

const spaced = (word: string) => word.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase())

export function usePermissionName() {
  const { t, i18n } = useTranslation('identity')
  const say = (key: string, fallback: string) => (i18n.exists(`identity:${key}`) ? t(key) : spaced(fallback))
  const noun = (word: string) => say(`noun.${word}`, word)
  const verb = (permission: string) => {
    const word = permission.split('.').slice(1).join(' ')
    return say(`verb.${word}`, word)
  }
  return { noun, verb, full: (permission: string) => `${noun(permission.split('.')[0] ?? '')}: ${verb(permission)}` }
}
