/** How one is told of things, and the zone one's days begin in. Saved at once. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isLost, queryClient, refresh } from '@/api/query'
import { referenceQuery } from '@/api/reference'
import { Combobox } from '@/ui/Combobox'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { PageSkeleton } from '@/ui/Skeleton'
import { Switch } from '@/ui/Switch'
import { toastError } from '@/ui/Toast'
import { saveSetting, settingQuery, type NotificationChoice } from './api'

const MAILS = ['mail_reminders', 'mail_mentions', 'mail_assignments'] as const

export function NotificationSettings() {
  const setting = useQuery(settingQuery)
  if (setting.isPending) return <PageSkeleton />
  if (!setting.data || isLost(setting)) return <ErrorState isPage error={setting.error} onRetry={() => void setting.refetch()} />
  return <Page choice={setting.data} />
}

function Page({ choice }: { choice: NotificationChoice }) {
  const { t } = useTranslation('crm')
  const reference = useQuery(referenceQuery)
  const save = useMutation({
    mutationFn: saveSetting,
    onSuccess: (saved) => {
      queryClient.setQueryData(settingQuery.queryKey, saved)
      return refresh('activity')
    },
    onError: toastError,
  })
  const set = (change: Partial<NotificationChoice>) => save.mutate({ ...choice, ...change })
  return (
    <>
      <PageHeader title={t('notice.settings')} />
      <Section title={t('notice.by_mail')} about={t('notice.by_mail_about')}>
        <div className="flex flex-col gap-4 p-4">
          {MAILS.map((mail) => (
            <Switch key={mail} label={t(`notice.${mail}`)} checked={choice[mail]} disabled={save.isPending} onChange={(on) => set({ [mail]: on })} />
          ))}
        </div>
      </Section>
      <Section title={t('notice.zone')} about={t('notice.zone_about')}>
        <div className="max-w-sm p-4">
          <Combobox
            label={t('notice.zone')}
            labelHidden
            clearable
            value={choice.time_zone ?? null}
            placeholder={t('notice.company_zone')}
            options={(reference.data?.time_zones ?? []).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
            onChange={(zone) => set({ time_zone: zone })}
          />
        </div>
      </Section>
    </>
  )
}
