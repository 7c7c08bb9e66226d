/** Which company of ours is responsible for the data, which follows from the country. */
import { useTranslation } from 'react-i18next'
import type { Reference } from '@/api/reference'
import { nameOf } from '@/lib/format'

export function ControllerNotice({ reference, country }: { reference: Reference; country: string }) {
  const { t } = useTranslation('identity')
  const code = reference.countries.find((one) => one.code === country)?.controller_entity
  const entity = reference.controller_entities.find((one) => one.code === code)
  return (
    <p className="rounded-md bg-sunken px-3 py-2 text-sm text-soft">
      {entity
        ? t('controller.known', { country: nameOf('region', country), name: entity.name })
        : t('controller.unknown', { country: nameOf('region', country) })}
    </p>
  )
}
