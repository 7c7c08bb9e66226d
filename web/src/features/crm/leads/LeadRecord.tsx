/** One lead: what is known, how it is scored, what it has agreed to, its story; and the way on. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { ArrowRightLeft, Ban, Pencil, Trash2, UserRoundCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLost, queryClient } from '@/api/query'
import { dateTime, nameOf } from '@/lib/format'
import { pageOf } from '@/lib/record'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { BackArrow, Facts, type Fact, RecordLayout, Related } from '@/ui/RecordLayout'
import { Select } from '@/ui/Select'
import { PageSkeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { DeletedNotice } from '../DeletedNotice'
import { useShown } from '../rights/rights'
import { useCustomFacts } from '../custom/CustomValue'
import { LeadForms } from '../forms/LeadForms'
import { PointingHere } from '../objects/PointingHere'
import { SightButton } from '../sight/SightButton'
import { RecordTimeline } from '../timeline/RecordTimeline'
import { useDelete } from '../useDelete'
import { assignLead, CHOSEN, deleteLead, leadQuery, refreshLeads, restoreLead, saveLead, type Lead } from './api'
import { ConvertDialog } from './ConvertDialog'
import { DisqualifyDialog } from './DisqualifyDialog'
import { LeadDialog } from './LeadDialog'
import { LeadStatus } from './LeadStatus'
import { Score } from './Score'
import { useSource } from './useSource'

const route = getRouteApi('/_app/leads/$id')

export function LeadRecord() {
  const { id } = route.useParams()
  const lead = useQuery(leadQuery(id))
  if (lead.isPending) return <PageSkeleton />
  const { data } = lead
  if (!data || isLost(lead)) return <ErrorState isPage error={lead.error} onRetry={() => void lead.refetch()} />
  return <Page lead={data} />
}

function Page({ lead }: { lead: Lead }) {
  const { t } = useTranslation(['leads', 'crm'])
  const sourceOf = useSource()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'edit' | 'convert' | 'disqualify' | null>(null)
  const close = () => setOpen(null)
  const keep = (saved: Lead) => {
    queryClient.setQueryData(leadQuery(saved.id).queryKey, saved)
    void refreshLeads()
  }
  const stand = useMutation({ mutationFn: (status: (typeof CHOSEN)[number]) => saveLead(lead, { status }), onSuccess: keep, onError: toastError })
  const assign = useMutation({
    mutationFn: () => assignLead(lead.id),
    onSuccess: (saved) => {
      keep(saved)
      toast({ text: t('assigned', { name: saved.owner?.name ?? '' }) })
    },
    onError: toastError,
  })
  const remove = useDelete({ remove: deleteLead, restore: restoreLead, after: () => void navigate({ to: '/leads' }) })
  const may = (action: string) => lead.actions.includes(action)
  const why = (action: string) => (may(action) ? undefined : lead.status === 'converted' ? t('is_converted') : t('crm:not_allowed'))
  const status = CHOSEN.find((one) => one === lead.status)
  return (
    <>
      <RecordLayout
        back={
          <Link to="/leads">
            <BackArrow /> {t('app:nav.leads')}
          </Link>
        }
        title={lead.name}
        status={<LeadStatus lead={lead} />}
        about={[lead.name === lead.company_name ? null : lead.company_name, sourceOf(lead.source)].filter(Boolean).join(' · ')}
        actions={
          <>
            {may('update') && (
              <Select
                label={t('field.status')}
                labelHidden
                value={status ?? ''}
                onChange={(event) => {
                  const next = CHOSEN.find((one) => one === event.target.value)
                  if (next) stand.mutate(next)
                }}
                options={[...(status ? [] : [{ value: '', label: t('take_up') }]), ...CHOSEN.map((value) => ({ value, label: t(`status.${value}`) }))]}
              />
            )}
            <Button kind="primary" icon={<ArrowRightLeft className="size-4" />} why={why('convert')} onClick={() => setOpen('convert')}>
              {t('convert.submit')}
            </Button>
          </>
        }
        sight={<SightButton record={lead.id} />}
        menu={[
          { label: t('crm:edit'), icon: <Pencil className="size-4" />, why: why('update'), run: () => setOpen('edit') },
          { label: t('assign'), icon: <UserRoundCheck className="size-4" />, why: why('assign'), run: () => assign.mutate() },
          { label: t('disqualify'), icon: <Ban className="size-4" />, why: why('update'), run: () => setOpen('disqualify') },
          { label: t('crm:delete'), icon: <Trash2 className="size-4" />, danger: true, why: why('delete'), run: () => remove.mutate({ id: lead.id, name: lead.name }) },
        ]}
        notice={
          <>
            <DeletedNotice record={lead} restore={restoreLead} />
            {lead.disqualified_reason && <Notice tone="warn">{t('disqualified_because', { reason: lead.disqualified_reason })}</Notice>}
            {lead.status === 'converted' && <Became lead={lead} />}
          </>
        }
        facts={<LeadFacts lead={lead} />}
        related={
          <>
            <Score lead={lead} />
            <Consent lead={lead} />
            <LeadForms lead={lead.id} />
            <PointingHere record={lead.id} />
          </>
        }
      >
        {lead.message && <p className="mb-4 rounded-md bg-sunken px-4 py-3 whitespace-pre-wrap wrap-anywhere">{lead.message}</p>}
        <RecordTimeline subject={lead.id} />
      </RecordLayout>
      <LeadDialog open={open === 'edit'} onClose={close} lead={lead} />
      {open === 'disqualify' && <DisqualifyDialog lead={lead} onClose={close} />}
      {open === 'convert' && <ConvertDialog lead={lead} onClose={close} />}
    </>
  )
}

/** What the lead has become. */
function Became({ lead }: { lead: Lead }) {
  const { t } = useTranslation(['leads', 'crm'])
  const made = [lead.contact, lead.company, lead.deal].filter((one) => one !== null)
  return (
    <Notice tone="good">
      {t('became')}{' '}
      {made.map((one, at) => {
        const page = pageOf(one.id)
        return (
          <span key={one.id}>
            {at > 0 && ', '}
            {page && (
              <Link {...page} className="font-medium underline">
                {one.name}
              </Link>
            )}
          </span>
        )
      })}
    </Notice>
  )
}

function LeadFacts({ lead }: { lead: Lead }) {
  const { t } = useTranslation(['leads', 'crm'])
  const sourceOf = useSource()
  const customFacts = useCustomFacts('lead', lead)
  const shown = useShown('lead')
  const given = (label: string, value: string | null | undefined) => (value ? [{ label, value }] : [])
  return (
    <Facts
      items={shown<Fact>([
        { field: 'email', label: t('crm:field.email'), value: lead.email && <a href={`mailto:${lead.email}`}>{lead.email}</a> },
        { field: 'phone', label: t('crm:field.phone'), value: lead.phone && <a href={`tel:${lead.phone}`}>{lead.phone}</a> },
        { label: t('crm:field.company'), value: lead.company_name },
        { field: 'owner', label: t('crm:field.owner'), value: lead.owner?.name },
        { label: t('field.source'), value: sourceOf(lead.source) },
        ...given(t('crm:field.country'), lead.country && nameOf('region', lead.country)),
        ...given(t('field.campaign'), lead.utm.campaign),
        ...given(t('field.landing_page'), lead.landing_page),
        ...customFacts,
        ...lead.answers.map(({ question, answer }) => ({ label: question, value: answer })),
        { label: t('crm:field.created'), value: dateTime(lead.created_at) },
      ])}
    />
  )
}

function Consent({ lead: { consent } }: { lead: Lead }) {
  const { t } = useTranslation(['leads', 'crm', 'consents'])
  return (
    <Related title={t('consent.title')}>
      {consent ? (
        <div className="space-y-1 text-base">
          <blockquote className="border-l-2 border-line pl-3 wrap-anywhere">{consent.text}</blockquote>
          {consent.channels.length > 0 && (
            <ul aria-label={t('consent.by')} className="flex flex-wrap gap-1.5">
              {consent.channels.map((channel) => (
                <li key={channel}>
                  <Badge tone="good">{t(`consents:channel.${channel}`)}</Badge>
                </li>
              ))}
            </ul>
          )}
          <p className="text-sm text-soft wrap-anywhere">{t('consent.given', { when: dateTime(consent.given_at), where: consent.given_from, version: consent.version })}</p>
        </div>
      ) : (
        <p className="text-base text-soft">{t('consent.none')}</p>
      )}
    </Related>
  )
}
