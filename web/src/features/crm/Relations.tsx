/** What belongs to a record, on its right side. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ellipsis, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { money } from '@/lib/format'
import { Avatar } from '@/ui/Avatar'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { Related } from '@/ui/RecordLayout'
import { Skeleton } from '@/ui/Skeleton'
import { hasAmount, listContacts, listDeals, type Company, type Ref } from './api'
import { useAddressees } from './companies/useAddressees'
import { ContactDialog } from './contacts/ContactDialog'
import { DealDialog } from './deals/DealDialog'
import { DealStatus } from './deals/DealStatus'

const row = 'flex items-center gap-2.5 rounded-md px-2 py-1.5 -mx-2 hover:bg-hover'

export function RelatedContacts({ company }: { company: Company }) {
  const { t } = useTranslation(['crm', 'affiliations'])
  const { acts, badges } = useAddressees(company)
  const mayCreate = useCan('contact.edit')
  const [adding, setAdding] = useState(false)
  const contacts = useQuery({ queryKey: ['contact', 'list', { company: company.id, short: true }], queryFn: () => listContacts({ company: company.id, sort: 'name' })(undefined) })
  return (
    <Related
      title={t('app:nav.contacts')}
      action={mayCreate && <IconButton size="sm" label={t('contact.new')} icon={<Plus className="size-4" />} onClick={() => setAdding(true)} />}
    >
      {contacts.isPending && <Skeleton className="h-10" />}
      {contacts.data?.items.length === 0 && <p className="text-sm text-faint">{t('contact.none_here')}</p>}
      {contacts.data?.items.map((contact) => (
        <div key={contact.id} className="-mx-2 flex items-center gap-1 rounded-md px-2 hover:bg-hover">
          <Link to="/contacts/$id" params={{ id: contact.id }} className="flex min-w-0 flex-1 items-center gap-2.5 py-1.5">
            <Avatar name={contact.name} />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-x-1.5">
                <span className="truncate text-base">{contact.name}</span>
                {badges(contact.id)}
              </span>
              {contact.job_title && <span className="block truncate text-sm text-faint">{contact.job_title}</span>}
            </span>
          </Link>
          {acts(contact.id).length > 0 && (
            <Menu trigger={<IconButton bare size="sm" label={t('affiliations:more', { name: contact.name })} icon={<Ellipsis className="size-4" />} />} items={acts(contact.id)} />
          )}
        </div>
      ))}
      {contacts.data?.next_cursor && (
        <Link to="/contacts" search={{ company: company.id }} className="text-sm text-accent-ink hover:underline">
          {t('show_all')}
        </Link>
      )}
      <ContactDialog open={adding} onClose={() => setAdding(false)} company={{ id: company.id, name: company.name }} />
    </Related>
  )
}

export function RelatedDeals({ company, contact }: { company: Ref | null; contact?: Ref }) {
  const { t } = useTranslation('crm')
  const mayCreate = useCan('deal.edit')
  const [adding, setAdding] = useState(false)
  const subject = contact?.id ?? company?.id
  const deals = useQuery({
    queryKey: ['deal', 'list', { subject, short: true }],
    queryFn: () => listDeals(contact ? { contact: contact.id, sort: '-updated_at' } : { company: company?.id, sort: '-updated_at' })(undefined),
    enabled: !!subject,
  })
  return (
    <Related
      title={t('app:nav.deals')}
      action={mayCreate && <IconButton size="sm" label={t('deal.new')} icon={<Plus className="size-4" />} onClick={() => setAdding(true)} />}
    >
      {deals.isLoading && <Skeleton className="h-10" />}
      {deals.data?.items.length === 0 && <p className="text-sm text-faint">{t('deal.none_here')}</p>}
      {deals.data?.items.map((deal) => (
        <Link key={deal.id} to="/deals/$id" params={{ id: deal.id }} className={row}>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-base">{deal.name}</span>
            <span className="tabular block truncate text-sm text-faint">{[deal.stage.name, hasAmount(deal) && money(deal.amount)].filter(Boolean).join(' · ')}</span>
          </span>
          {deal.state !== 'open' && <DealStatus deal={deal} />}
        </Link>
      ))}
      <DealDialog open={adding} onClose={() => setAdding(false)} company={company} contact={contact ?? null} />
    </Related>
  )
}
