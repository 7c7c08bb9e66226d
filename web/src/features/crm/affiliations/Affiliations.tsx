/** The further companies of a contact, or the people who also work with a company. */
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { useList } from '@/api/query'
import { date } from '@/lib/format'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { Menu, type MenuItem } from '@/ui/Menu'
import { Related } from '@/ui/RecordLayout'
import { Skeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import type { Ref } from '../api'
import { AffiliationDialog } from './AffiliationDialog'
import { affiliationsKey, createAffiliation, deleteAffiliation, listAffiliations, refreshAffiliations, type Affiliation, type End } from './api'

type Props = { contact: Ref } | { company: Ref; badges?: (contact: string) => ReactNode; acts?: (contact: string) => (MenuItem | false)[] }

export function Affiliations(props: Props) {
  // Of another record nothing of the one before is shown.
  return <Inner key={'contact' in props ? props.contact.id : props.company.id} {...props} />
}

function Inner(props: Props) {
  const { t } = useTranslation('affiliations')
  const may = useCan('contact.edit')
  const end: End = 'contact' in props ? { contact_id: props.contact.id } : { company_id: props.company.id }
  const found = useList<Affiliation>(affiliationsKey(end), listAffiliations(end))
  const [open, setOpen] = useState<'new' | Affiliation | null>(null)
  const remove = useMutation({
    mutationFn: (one: Affiliation) => deleteAffiliation(one.id),
    onSuccess: (_, one) => {
      const { contact_id, company_id, job_title, since, until } = one
      const undo = () => void createAffiliation({ contact_id, company_id, job_title, since, until }).then(refreshAffiliations, toastError)
      toast({ text: t('removed', { name: 'contact' in props ? one.company.name : one.contact.name }), undo })
      void refreshAffiliations()
    },
    onError: toastError,
  })
  const title = 'contact' in props ? t('companies') : t('people')
  return (
    <Related
      title={title}
      count={found.rows.length}
      action={may && <IconButton size="sm" label={'contact' in props ? t('add_company') : t('add_contact')} icon={<Plus className="size-4" />} onClick={() => setOpen('new')} />}
    >
      {found.isLoading && <Skeleton className="h-10" />}
      {!!found.error && found.rows.length === 0 && <ErrorState error={found.error} onRetry={found.retry} />}
      {!found.isLoading && !found.error && found.rows.length === 0 && <p className="text-sm text-faint">{'contact' in props ? t('no_companies') : t('no_people')}</p>}
      <ul aria-label={title}>
        {found.rows.map((one) => (
          <li key={one.id} className="-mx-2 flex items-center gap-1 rounded-md px-2 hover:bg-hover">
            {'contact' in props ? (
              <Link to="/companies/$id" params={{ id: one.company.id }} className="flex min-w-0 flex-1 items-center gap-2.5 py-1.5">
                <Avatar square name={one.company.name} />
                <Words name={one.company.name} affiliation={one} />
              </Link>
            ) : (
              <Link to="/contacts/$id" params={{ id: one.contact.id }} className="flex min-w-0 flex-1 items-center gap-2.5 py-1.5">
                <Avatar name={one.contact.name} />
                <Words name={one.contact.name} affiliation={one}>
                  {props.badges?.(one.contact.id)}
                </Words>
              </Link>
            )}
            {one.actions.length > 0 && (
              <Menu
                trigger={<IconButton bare size="sm" label={t('more', { name: 'contact' in props ? one.company.name : one.contact.name })} icon={<Ellipsis className="size-4" />} />}
                items={[
                  ...('company' in props ? (props.acts?.(one.contact.id) ?? []) : []),
                  { label: t('change'), icon: <Pencil className="size-4" />, run: () => setOpen(one) },
                  { label: t('remove'), icon: <Trash2 className="size-4" />, danger: true, run: () => remove.mutate(one) },
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      {found.hasMore && (
        <Button size="sm" kind="quiet" busy={found.isLoadingMore} onClick={found.loadMore}>
          {t('show_more')}
        </Button>
      )}
      {open === 'new' && <AffiliationDialog {...('contact' in props ? { contact: props.contact } : { company: props.company })} onClose={() => setOpen(null)} />}
      {open && open !== 'new' && <AffiliationDialog affiliation={open} onClose={() => setOpen(null)} />}
    </Related>
  )
}

function Words({ name, affiliation, children }: { name: string; affiliation: Affiliation; children?: ReactNode }) {
  const { t } = useTranslation('affiliations')
  const { since, until } = affiliation
  const when = since && until ? `${date(since)} – ${date(until)}` : since ? t('from', { day: date(since) }) : until ? t('to', { day: date(until) }) : null
  const said = [affiliation.job_title, when].filter(Boolean).join(' · ')
  return (
    <span className="min-w-0 flex-1">
      <span className="flex flex-wrap items-center gap-x-1.5">
        <span className="truncate text-base">{name}</span>
        {children}
      </span>
      {said && <span className="block text-sm text-faint">{said}</span>}
    </span>
  )
}
