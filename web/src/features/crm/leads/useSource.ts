/** Where a lead came from: our own two words in the reader's language, anything else as it was given. */
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

export function useSource(): (source: string) => string {
  const { t } = useTranslation('leads')
  return useCallback((source) => (source === 'manual' || source === 'api' ? t(`source.${source}`) : source), [t])
}
