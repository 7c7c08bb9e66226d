/** The customer and the deal of a document, as links on its right side. */
import { Link } from '@tanstack/react-router'
import { Handshake } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '@/ui/Avatar'
import { Related } from '@/ui/RecordLayout'
import type { Ref } from './api'

type To = '/companies/$id' | '/contacts/$id' | '/deals/$id' | '/quotes/$id' | '/invoices/$id'

export function RecordLink({ to, id, icon, name }: { to: To; id: string; icon: ReactNode; name: string }) {
  return (
    <Link to={to} params={{ id }} className="-mx-2 flex items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover">
      {icon}
      <span className="min-w-0 truncate text-base">{name}</span>
    </Link>
  )
}

export function CustomerLinks({ company, contact, deal }: { company: Ref | null; contact: Ref | null; deal: Ref | null }) {
  const { t } = useTranslation('sales')
  return (
    <>
      {(company || contact) && (
        <Related title={t('field.customer')}>
          {company && <RecordLink to="/companies/$id" id={company.id} icon={<Avatar square name={company.name} />} name={company.name} />}
          {contact && <RecordLink to="/contacts/$id" id={contact.id} icon={<Avatar name={contact.name} />} name={contact.name} />}
        </Related>
      )}
      {deal && (
        <Related title={t('field.deal')}>
          <RecordLink to="/deals/$id" id={deal.id} icon={<Handshake className="size-4 text-faint" />} name={deal.name} />
        </Related>
      )}
    </>
  )
}
