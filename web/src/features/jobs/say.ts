/** Kinds of work and causes of failure in words. One that is newer than our words is shown as it is called. */
import { useTranslation } from 'react-i18next'

export function useWords() {
  const { t, i18n } = useTranslation('jobs')
  const say = (key: string, fallback: string) => (i18n.exists(`jobs:${key}`) ? t(key as 'kind.other') : fallback)
  return {
    kind: (kind: string) => say(`kind.${kind.replaceAll('.', '_')}`, kind),
    /** The server writes a stable code, with particulars behind a colon. */
    why: (failure: string | null | undefined) => (failure ? say(`why.${failure.split(':')[0]}`, failure) : t('why.unknown')),
  }
}
