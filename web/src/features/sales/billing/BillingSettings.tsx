/** The settings behind quotes and invoices: who issues, how to pay, how documents are numbered and mails signed. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { entitiesQuery, sendingQuery, seriesQuery, type Entity } from './api'
import { EntityForm } from './EntityForm'
import { PaymentForm } from './PaymentForm'
import { SendingForm } from './SendingForm'
import { SeriesForm } from './SeriesForm'
import { TaxTable } from './TaxTable'

export function BillingSettings() {
  const { t } = useTranslation('sales')
  const entities = useQuery(entitiesQuery)
  const mayMail = useCan('mail.read')
  const entity = entities.data?.items.find((one) => one.is_default) ?? entities.data?.items[0]
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('billing.title')} about={t('billing.about')} />
      {entities.isPending && <Skeleton className="mx-6 h-72" />}
      {entities.isError && <ErrorState error={entities.error} onRetry={() => void entities.refetch()} />}
      {entity && (
        <>
          <Section title={t('billing.issuer')} about={t('billing.issuer_about')}>
            <EntityForm key={entity.id} entity={entity} />
          </Section>
          <Section title={t('billing.payment')} about={t('billing.payment_about')}>
            <PaymentForm key={entity.id} entity={entity} />
          </Section>
          <SeriesSection entity={entity} />
          <Section title={t('billing.taxes')} about={t('billing.taxes_about')} bare>
            <TaxTable />
          </Section>
        </>
      )}
      {mayMail && <SendingSection />}
    </div>
  )
}

function SeriesSection({ entity }: { entity: Entity }) {
  const { t } = useTranslation('sales')
  const series = useQuery(seriesQuery(entity.id))
  return (
    <Section title={t('billing.series')} about={t('billing.series_about')}>
      {series.isPending && <Skeleton className="h-40" />}
      {series.isError && <ErrorState error={series.error} onRetry={() => void series.refetch()} />}
      <div className="flex flex-col gap-6 divide-y divide-line [&>*+*]:pt-6">
        {series.data?.items.map((one) => (
          <SeriesForm key={one.id} series={one} />
        ))}
      </div>
    </Section>
  )
}

function SendingSection() {
  const { t } = useTranslation('sales')
  const sending = useQuery(sendingQuery)
  return (
    <Section title={t('billing.sending')} about={t('billing.sending_about')}>
      {sending.isPending && <Skeleton className="h-40" />}
      {sending.isError && <ErrorState error={sending.error} onRetry={() => void sending.refetch()} />}
      {sending.data && <SendingForm sending={sending.data} />}
    </Section>
  )
}
