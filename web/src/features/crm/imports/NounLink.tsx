/** To the list of what an import brought. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNounName } from './nouns'

export function NounLink({ noun }: { noun: string }) {
  const { t } = useTranslation('crm')
  const label = t('import.see', { noun: useNounName()(noun) })
  const newest = { sort: '-updated_at' }
  if (noun === 'contact') return <Link to="/contacts" search={newest}>{label}</Link>
  if (noun === 'lead') return <Link to="/leads" search={newest}>{label}</Link>
  if (noun === 'deal') return <Link to="/deals" search={{ view: 'list', ...newest }}>{label}</Link>
  return (
    <Link to="/objects/$id" params={{ id: noun }} search={newest}>
      {label}
    </Link>
  )
}
