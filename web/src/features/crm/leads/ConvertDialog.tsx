/** Turns a lead into a contact, its company and a deal; who is there already is offered before a new one is made. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan, useMe, useSeesAmounts } from '@/api/me'
import { withFraction } from '@/lib/decimal'
import { currencyDigits } from '@/lib/format'
import { toProblem } from '@/lib/problem'
import { Checkbox } from '@/ui/Checkbox'
import { FormDialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { MoneyField } from '@/ui/MoneyField'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { pipelinesQuery } from '../api'
import { type Custom, type CustomField, useCustomFields } from '../custom/api'
import { CustomInputs } from '../custom/CustomInputs'
import { changedValues } from '../custom/values'
import { convertLead, likelyQuery, refreshLeads, type Lead } from './api'
import { carried } from './carried'
import { LikelyChoice, NEW, NONE } from './LikelyChoice'

export function ConvertDialog({ lead, onClose }: { lead: Lead; onClose: () => void }) {
  const { t } = useTranslation(['leads', 'crm'])
  const likely = useQuery(likelyQuery(lead.id))
  return (
    likely.data ? <Inner lead={lead} onClose={onClose} likely={likely.data} /> : (
      <FormDialog open onClose={onClose} title={t('convert.title')} submit={t('convert.submit')} why={t('convert.looking')} onSubmit={(event) => event.preventDefault()}>
        {likely.isError ? <ErrorState error={likely.error} onRetry={() => void likely.refetch()} /> : <Skeleton className="h-48" />}
      </FormDialog>
    )
  )
}

type Made = 'contact' | 'company' | 'deal'
type Found = Awaited<ReturnType<NonNullable<ReturnType<typeof likelyQuery>['queryFn']>>>

function Inner({ lead, onClose, likely }: { lead: Lead; onClose: () => void; likely: Found }) {
  const { t } = useTranslation(['leads', 'crm'])
  const { tenant } = useMe()
  const mayDeal = useCan('deal.edit')
  const seesAmounts = useSeesAmounts()
  const pipelines = useQuery(pipelinesQuery)
  // A certain match is chosen to begin with; a likely one is only offered.
  const certain = (found: { id: string; score: number }[]) => found.find((one) => one.score === 100)?.id
  const [contact, setContact] = useState(certain(likely.contacts) ?? NEW)
  const [company, setCompany] = useState(certain(likely.companies) ?? (lead.company_name ? NEW : NONE))
  const [opens, setOpens] = useState(mayDeal)
  const [title, setTitle] = useState(lead.company_name ?? lead.name)
  const [amount, setAmount] = useState('')
  const [stage, setStage] = useState('')
  const [typed, setTyped] = useState<Record<Made, Custom>>({ contact: {}, company: {}, deal: {} })
  const own = useCustomFields('lead')
  // What is asked for begins with what the lead brings; all else that it brings, the server takes over.
  const begun = (fields: CustomField[]) => carried(lead.custom, own, fields.filter((field) => field.required))
  const begins = { contact: begun(useCustomFields('contact')), company: begun(useCustomFields('company')), deal: begun(useCustomFields('deal')) }
  const custom = (made: Made): Custom => ({ ...begins[made], ...typed[made] })
  const stages = (pipelines.data?.items ?? []).flatMap((one) => one.stages.map((s) => ({ value: s.id, label: pipelines.data?.items.length === 1 ? s.name : `${one.name}: ${s.name}` })))
  const convert = useMutation({
    mutationFn: () => {
      const digits = withFraction(amount || '0', currencyDigits(tenant.currency))
      return convertLead(lead.id, {
        ...(contact === NEW ? { contact_custom: changedValues({}, custom('contact')) } : { contact_id: contact }),
        ...(company === NEW ? { new_company: true, company_custom: changedValues({}, custom('company')) } : company === NONE ? {} : { company_id: company }),
        ...(opens ? { deal: { name: title.trim(), custom: changedValues({}, custom('deal')), ...(stage ? { stage_id: stage } : {}), ...(digits && seesAmounts ? { amount: { amount: digits, currency: tenant.currency } } : {}) } } : {}),
      })
    },
    onSuccess: () => {
      toast({ text: t('convert.done', { name: lead.name }) })
      void refreshLeads()
      onClose()
    },
  })
  const refused = convert.isError ? toProblem(convert.error).fields : []
  const demanded = (made: Made, path: string) => (
    <CustomInputs
      demanded
      object={made}
      value={custom(made)}
      onChange={(next) => setTyped({ ...typed, [made]: next })}
      names={lead.custom_names}
      errors={Object.fromEntries(refused.filter((one) => one.field.startsWith(path)).map((one) => [one.field.slice(path.length), one]))}
    />
  )
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('convert.title')}
      about={t('convert.about')}
      submit={t('convert.submit')}
      busy={convert.isPending}
      error={convert.error}
      why={opens && !title.trim() ? t('convert.title_first') : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        convert.mutate()
      }}
    >
      <LikelyChoice legend={t('crm:field.contact')} fresh={t('convert.new_contact', { name: lead.name })} found={likely.contacts} value={contact} onChange={setContact} />
      {contact === NEW && demanded('contact', 'contact_custom.')}
      <LikelyChoice
        legend={t('crm:field.company')}
        fresh={lead.company_name ? t('convert.new_company', { name: lead.company_name }) : undefined}
        none={t('convert.no_company')}
        found={likely.companies}
        value={company}
        onChange={setCompany}
      />
      {company === NEW && demanded('company', 'company_custom.')}
      <Checkbox label={t('convert.deal')} checked={opens} disabled={!mayDeal} onChange={setOpens} />
      {opens && (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label={t('crm:field.title')} autoComplete="off" value={title} onChange={(event) => setTitle(event.target.value)} />
          {seesAmounts && <MoneyField label={t('crm:field.value')} optional currency={tenant.currency} value={amount} onChange={setAmount} />}
          <Select label={t('crm:field.stage')} value={stage || stages[0]?.value} onChange={(event) => setStage(event.target.value)} options={stages} />
        </div>
      )}
      {opens && demanded('deal', 'deal.custom.')}
    </FormDialog>
  )
}
