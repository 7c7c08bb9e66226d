/** The first page: what needs me now, money, pipeline, what happened last. Live. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { date, isNothing, today } from '@/lib/format'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Skeleton } from '@/ui/Skeleton'
import { homeQuery, type Activity, type HomeView } from './api'
import { FirstSteps } from './FirstSteps'
import { MoneyPanel } from './MoneyPanel'
import { Needs } from './Needs'
import { Pipeline } from './Pipeline'

/** `activity` draws what happened last, `work` what one has to do; both are the customers' area's. */
type Props = { activity: (entries: Activity[]) => ReactNode; work: ReactNode }

export function Home({ activity, work }: Props) {
  const { t } = useTranslation('home')
  const me = useMe()
  const home = useQuery(homeQuery)
  return (
    <div className="flex h-full flex-col overflow-y-auto">
      <PageHeader title={t('app:nav.home')} about={`${me.tenant.name} · ${date(today())}`} />
      {home.isPending && <Loading />}
      {home.isError && <ErrorState error={home.error} onRetry={() => void home.refetch()} />}
      {home.data && <Board home={home.data} activity={activity} work={work} />}
    </div>
  )
}

/** Nothing was ever invoiced: then the way to the first invoice is shown. */
function isBeginning({ money }: HomeView): boolean {
  return !!money && isNothing(money.due) && isNothing(money.overdue) && money.months.every((month) => isNothing(month.invoiced))
}

function Board({ home, activity, work }: { home: HomeView } & Props) {
  const { t } = useTranslation('home')
  return (
    <div className="grid items-start gap-4 px-6 pt-1 pb-8 max-md:px-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
      {isBeginning(home) && (
        <div className="lg:col-span-2">
          <FirstSteps />
        </div>
      )}
      <div className="flex min-w-0 flex-col gap-4">
        {work}
        <Needs needs={home.needs_me} />
        {home.money && <MoneyPanel money={home.money} />}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {home.pipeline && <Pipeline stages={home.pipeline} />}
        <section aria-labelledby="home-activity" className="panel p-5 max-md:p-4">
          <h2 id="home-activity" className="mb-3 text-base">
            {t('activity.title')}
          </h2>
          {home.activity.length > 0 ? activity(home.activity) : <p className="text-base text-faint">{t('activity.none')}</p>}
        </section>
      </div>
    </div>
  )
}

function Loading() {
  const { t } = useTranslation('home')
  return (
    <div role="status" aria-label={t('ui:loading')} className="grid gap-4 px-6 pt-1 max-md:px-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-56" />
        <Skeleton className="h-80" />
      </div>
      <div className="flex flex-col gap-4">
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
    </div>
  )
}
