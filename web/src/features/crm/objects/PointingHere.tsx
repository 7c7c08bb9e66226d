/** The other end of relations: the records whose fields point at this one. Nothing is shown where there are none. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { pageOf } from '@/lib/record'
import { Related } from '@/ui/RecordLayout'
import { relatedQuery, type Pointing } from './api'

const NAMES: Record<string, 'companies' | 'contacts' | 'deals' | 'leads'> = { company: 'companies', contact: 'contacts', deal: 'deals', lead: 'leads' }

export function PointingHere({ record }: { record: string }) {
  const related = useQuery(relatedQuery(record))
  return related.data?.items.map((one) => <Relation key={`${one.object} ${one.field}`} relation={one} />)
}

function Relation({ relation }: { relation: Pointing }) {
  const { t } = useTranslation(['objects', 'app'])
  const known = NAMES[relation.object]
  const name = relation.plural ?? (known ? t(`app:nav.${known}`) : '')
  return (
    <Related title={`${name} · ${relation.label}`}>
      {relation.items.map((one) => {
        const page = pageOf(one.id)
        return (
          page && (
            <Link key={one.id} {...page} dir="auto" className="-mx-2 block truncate rounded-md px-2 py-1.5 text-base hover:bg-hover">
              {one.name}
            </Link>
          )
        )
      })}
      {relation.more && <p className="text-sm text-faint">{t('more_pointing')}</p>}
    </Related>
  )
}
