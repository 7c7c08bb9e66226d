/** One person: facts, timeline, company and deals. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isLost } from '@/api/query'
import { dateTime } from '@/lib/format'
import { isLanguage, LANGUAGE_NAMES } from '@/lib/i18n'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { BackArrow, Facts, type Fact, RecordLayout, Related } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { Tags } from '@/ui/TagsField'
import { addressLines } from '../address'
import { contactQuery, deleteContact, restoreContact, type Contact } from '../api'
import { DeletedNotice } from '../DeletedNotice'
import { MergeList } from '../duplicates/MergeList'
import { Affiliations } from '../affiliations/Affiliations'
import { EmailLink, PhoneLink, WebLink } from '../links'
import { RelatedDeals } from '../Relations'
import { PointingHere } from '../objects/PointingHere'
import { SightButton } from '../sight/SightButton'
import { RecordTimeline } from '../timeline/RecordTimeline'
import { useDelete } from '../useDelete'
import { ConsentPanel } from './ConsentPanel'
import { ContactDialog } from './ContactDialog'
import { useShown } from '../rights/rights'
import { useCustomFacts } from '../custom/CustomValue'

const route = getRouteApi('/_app/contacts/$id')

/** `documents` draws their quotes and invoices; the sales area owns them. */
type Props = { documents: (contact: string) => ReactNode }

export function ContactRecord({ documents }: Props) {
  const { id } = route.useParams()
  const contact = useQuery(contactQuery(id))
  if (contact.isPending) return <PageSkeleton />
  if (!contact.data || isLost(contact)) return <ErrorState isPage error={contact.error} onRetry={() => void contact.refetch()} />
  return <Page contact={contact.data} documents={documents} />
}

function Page({ contact, documents }: { contact: Contact } & Props) {
  const { t } = useTranslation(['crm', 'consents', 'objects'])
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const remove = useDelete({ remove: deleteContact, restore: restoreContact, after: () => void navigate({ to: '/contacts' }) })
  const customFacts = useCustomFacts('contact', contact)
  const shown = useShown('contact')
  const may = (action: string) => contact.actions.includes(action)
  return (
    <>
      <RecordLayout
        back={
          <Link to="/contacts">
            <BackArrow /> {t('app:nav.contacts')}
          </Link>
        }
        title={contact.name}
        picture={<Avatar name={contact.name} size="lg" />}
        about={[contact.job_title, contact.company?.name].filter(Boolean).join(' · ')}
        actions={
          <Button icon={<Pencil className="size-4" />} why={may('update') ? undefined : t('not_allowed')} onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        }
        sight={<SightButton record={contact.id} />}
        menu={[
          {
            label: t('delete'),
            icon: <Trash2 className="size-4" />,
            danger: true,
            why: may('delete') ? undefined : t('not_allowed'),
            run: () => remove.mutate({ id: contact.id, name: contact.name }),
          },
        ]}
        notice={<DeletedNotice record={contact} restore={restoreContact} />}
        facts={
          <Facts
            items={shown<Fact>([
              { field: 'email', label: t('field.email'), value: contact.email && <EmailLink email={contact.email} /> },
              { field: 'phone', label: t('field.phone'), value: contact.phone && <PhoneLink phone={contact.phone} /> },
              { field: 'linkedin_url', label: t('field.linkedin_url'), value: contact.linkedin_url && <WebLink address={contact.linkedin_url} /> },
              { field: 'language', label: t('field.language'), value: isLanguage(contact.language) ? LANGUAGE_NAMES[contact.language] : null },
              { field: 'address', label: t('field.address'), value: addressLines(contact).map((line) => <div key={line}>{line}</div>) },
              { field: 'tags', label: t('field.tags'), value: contact.tags.length > 0 && <Tags tags={contact.tags} /> },
              { field: 'about', label: t('field.about'), value: contact.about && <span className="whitespace-pre-wrap">{contact.about}</span> },
              { field: 'owner', label: t('field.owner'), value: contact.owner?.name },
              ...customFacts,
                { label: t('field.created'), value: dateTime(contact.created_at) },
            ])}
          />
        }
        related={
          <>
            {contact.company && (
              <Related title={t('field.company')}>
                <Link to="/companies/$id" params={{ id: contact.company.id }} className="-mx-2 flex items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover">
                  <Avatar square name={contact.company.name} />
                  <span className="truncate text-base">{contact.company.name}</span>
                </Link>
              </Related>
            )}
            <Affiliations contact={{ id: contact.id, name: contact.name }} />
            <RelatedDeals company={contact.company} contact={{ id: contact.id, name: contact.name }} />
            {documents(contact.id)}
            <ConsentPanel contact={contact.id} />
            <PointingHere record={contact.id} />
            <MergeList record={contact.id} />
          </>
        }
      >
        <RecordTimeline subject={contact.id} />
      </RecordLayout>
      <ContactDialog open={editing} onClose={() => setEditing(false)} contact={contact} />
    </>
  )
}
