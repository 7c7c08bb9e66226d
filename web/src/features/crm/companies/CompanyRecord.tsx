/** One company: facts, timeline, its people and deals. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isLost } from '@/api/query'
import { dateTime } from '@/lib/format'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { BackArrow, Facts, type Fact, RecordLayout } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { Tags } from '@/ui/TagsField'
import { addressLines } from '../address'
import { companyQuery, deleteCompany, restoreCompany, type Company } from '../api'
import { DeletedNotice } from '../DeletedNotice'
import { MergeList } from '../duplicates/MergeList'
import { EmailLink, PhoneLink, WebLink } from '../links'
import { RelatedContacts, RelatedDeals } from '../Relations'
import { PointingHere } from '../objects/PointingHere'
import { SightButton } from '../sight/SightButton'
import { RecordTimeline } from '../timeline/RecordTimeline'
import { useDelete } from '../useDelete'
import { CompanyDialog } from './CompanyDialog'
import { FurtherPeople } from './FurtherPeople'
import { CompanyGroup, CompanyTrail } from './CompanyGroup'
import { useShown } from '../rights/rights'
import { useCustomFacts } from '../custom/CustomValue'

const route = getRouteApi('/_app/companies/$id')

/** `documents` draws its quotes and invoices; the sales area owns them. */
type Props = { documents: (company: string) => ReactNode }

export function CompanyRecord({ documents }: Props) {
  const { id } = route.useParams()
  const company = useQuery(companyQuery(id))
  if (company.isPending) return <PageSkeleton />
  if (!company.data || isLost(company)) return <ErrorState isPage error={company.error} onRetry={() => void company.refetch()} />
  return <Page company={company.data} documents={documents} />
}

function Page({ company, documents }: { company: Company } & Props) {
  const { t } = useTranslation(['crm', 'objects'])
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const remove = useDelete({ remove: deleteCompany, restore: restoreCompany, after: () => void navigate({ to: '/companies' }) })
  const customFacts = useCustomFacts('company', company)
  const shown = useShown('company')
  const may = (action: string) => company.actions.includes(action)
  return (
    <>
      <RecordLayout
        back={
          <>
            <Link to="/companies">
              <BackArrow /> {t('app:nav.companies')}
            </Link>
            <CompanyTrail company={company} />
          </>
        }
        title={company.name}
        picture={<Avatar square name={company.name} size="lg" />}
        about={company.legal_name && company.legal_name !== company.name ? company.legal_name : undefined}
        actions={
          <Button icon={<Pencil className="size-4" />} why={may('update') ? undefined : t('not_allowed')} onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        }
        sight={<SightButton record={company.id} />}
        menu={[
          {
            label: t('delete'),
            icon: <Trash2 className="size-4" />,
            danger: true,
            why: may('delete') ? undefined : t('not_allowed'),
            run: () => remove.mutate({ id: company.id, name: company.name }),
          },
        ]}
        notice={<DeletedNotice record={company} restore={restoreCompany} />}
        facts={
          <>
            <Facts
              items={shown<Fact>([
                { field: 'email', label: t('field.email'), value: company.email && <EmailLink email={company.email} /> },
                { field: 'phone', label: t('field.phone'), value: company.phone && <PhoneLink phone={company.phone} /> },
                { field: 'website', label: t('field.website'), value: company.website && <WebLink address={company.website} /> },
                { field: 'tax_id', label: t('field.tax_id'), value: company.tax_id && <span className="tabular">{company.tax_id}</span> },
                { field: 'address', label: t('field.address'), value: addressLines(company).map((line) => <div key={line}>{line}</div>) },
                { field: 'tags', label: t('field.tags'), value: company.tags.length > 0 && <Tags tags={company.tags} /> },
              { field: 'about', label: t('field.about'), value: company.about && <span className="whitespace-pre-wrap">{company.about}</span> },
              { field: 'owner', label: t('field.owner'), value: company.owner?.name },
                ...customFacts,
                { label: t('field.created'), value: dateTime(company.created_at) },
              ])}
            />
          </>
        }
        related={
          <>
            <RelatedContacts company={company} />
            <FurtherPeople company={company} />
            <CompanyGroup company={company} />
            <RelatedDeals company={{ id: company.id, name: company.name }} />
            {documents(company.id)}
            <PointingHere record={company.id} />
            <MergeList record={company.id} />
          </>
        }
      >
        <RecordTimeline subject={company.id} />
      </RecordLayout>
      <CompanyDialog open={editing} onClose={() => setEditing(false)} company={company} />
    </>
  )
}
