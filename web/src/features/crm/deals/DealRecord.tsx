/** One deal: where it stands, won or lost, its timeline, the people and documents around it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Pencil, RotateCcw, Trash2, Trophy } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isLost, queryClient } from '@/api/query'
import { ago, date, dateTime, isSeen, money } from '@/lib/format'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { BackArrow, Facts, type Fact, RecordLayout, Related } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { dealQuery, deleteDeal, hasAmount, refreshCrm, reopenDeal, restoreDeal, winDeal, type Deal } from '../api'
import { DeletedNotice } from '../DeletedNotice'
import { PointingHere } from '../objects/PointingHere'
import { SightButton } from '../sight/SightButton'
import { RecordTimeline } from '../timeline/RecordTimeline'
import { useDelete } from '../useDelete'
import { DealAmount } from './DealAmount'
import { DealDialog } from './DealDialog'
import { DealStatus } from './DealStatus'
import { LoseDialog } from './LoseDialog'
import { StageSteps } from './StageSteps'
import { useShown } from '../rights/rights'
import { useCustomFacts } from '../custom/CustomValue'

const route = getRouteApi('/_app/deals/$id')

/** `offer` draws what it offers, `documents` its quotes and invoices; the sales area owns both. */
type Props = { offer: (deal: string) => ReactNode; documents: (deal: string) => ReactNode }

export function DealRecord(props: Props) {
  const { id } = route.useParams()
  const deal = useQuery(dealQuery(id))
  if (deal.isPending) return <PageSkeleton />
  const { data } = deal
  if (!data || isLost(deal)) return <ErrorState isPage error={deal.error} onRetry={() => void deal.refetch()} />
  return <Page deal={data} {...props} />
}

function Page({ deal, offer, documents }: { deal: Deal } & Props) {
  const { t } = useTranslation(['crm', 'reports', 'objects'])
  const navigate = useNavigate()
  const [open, setOpen] = useState<'edit' | 'lose' | null>(null)
  const keep = (saved: Deal) => {
    queryClient.setQueryData(dealQuery(saved.id).queryKey, saved)
    void refreshCrm()
  }
  const reopen = useMutation({ mutationFn: () => reopenDeal(deal.id), onSuccess: keep, onError: toastError })
  const win = useMutation({
    mutationFn: () => winDeal(deal.id),
    onSuccess: (saved) => {
      keep(saved)
      toast({ text: t('deal.won_done', { title: deal.name }), undo: () => reopen.mutate() })
    },
    onError: toastError,
  })
  const remove = useDelete({ remove: deleteDeal, restore: restoreDeal, after: () => void navigate({ to: '/deals' }) })
  const customFacts = useCustomFacts('deal', deal)
  const shown = useShown('deal')
  const may = (action: string) => deal.actions.includes(action)
  const why = (action: string) => (may(action) ? undefined : t('not_allowed'))
  return (
    <>
      <RecordLayout
        back={
          <Link to="/deals">
            <BackArrow /> {t('app:nav.deals')}
          </Link>
        }
        title={deal.name}
        status={<DealStatus deal={deal} />}
        about={
          <span className="tabular">
            {[hasAmount(deal) && money(deal.amount), deal.company?.name].filter(Boolean).join(' · ')}
          </span>
        }
        actions={
          deal.state === 'open' ? (
            <>
              <Button kind="primary" icon={<Trophy className="size-4" />} why={why('win')} busy={win.isPending} onClick={() => win.mutate()}>
                {t('deal.win')}
              </Button>
              <Button why={why('lose')} onClick={() => setOpen('lose')}>
                {t('deal.lose')}
              </Button>
            </>
          ) : (
            <Button icon={<RotateCcw className="size-4" />} why={why('reopen')} busy={reopen.isPending} onClick={() => reopen.mutate()}>
              {t('deal.reopen')}
            </Button>
          )
        }
        sight={<SightButton record={deal.id} />}
        menu={[
          { label: t('edit'), icon: <Pencil className="size-4" />, why: why('update'), run: () => setOpen('edit') },
          { label: t('delete'), icon: <Trash2 className="size-4" />, danger: true, why: why('delete'), run: () => remove.mutate({ id: deal.id, name: deal.name }) },
        ]}
        notice={
          <>
            <DeletedNotice record={deal} restore={restoreDeal} />
            {deal.state === 'lost' && <Notice tone="danger">{t('deal.lost_because', { reason: [deal.lost_for?.name, deal.lost_reason].filter(Boolean).join(': ') })}</Notice>}
            {deal.rotting && <Notice tone="warn">{t('reports:rot.card', { when: ago(deal.stage_since) })}</Notice>}
            {deal.state === 'open' && !deal.deleted_at && <StageSteps deal={deal} />}
          </>
        }
        facts={
          <Facts
            items={shown<Fact>([
              { field: 'amount', label: t('field.value'), value: (hasAmount(deal) || !isSeen(deal.amount)) && <span className="tabular"><DealAmount deal={deal} /></span> },
              { label: t('field.stage'), value: deal.stage.name },
              { field: 'expected_close', label: t('field.expected_close'), value: date(deal.expected_close) },
              { field: 'owner', label: t('field.owner'), value: deal.owner?.name },
              ...customFacts,
                { label: t('field.created'), value: dateTime(deal.created_at) },
              ...(deal.closed_at ? [{ label: t('field.closed'), value: dateTime(deal.closed_at) }] : []),
            ])}
          />
        }
        related={
          <>
            {deal.company && (
              <Related title={t('field.company')}>
                <Link to="/companies/$id" params={{ id: deal.company.id }} className="-mx-2 flex items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover">
                  <Avatar square name={deal.company.name} />
                  <span className="truncate text-base">{deal.company.name}</span>
                </Link>
              </Related>
            )}
            {deal.contact && (
              <Related title={t('field.contact')}>
                <Link to="/contacts/$id" params={{ id: deal.contact.id }} className="-mx-2 flex items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover">
                  <Avatar name={deal.contact.name} />
                  <span className="truncate text-base">{deal.contact.name}</span>
                </Link>
              </Related>
            )}
            {documents(deal.id)}
            <PointingHere record={deal.id} />
          </>
        }
      >
        {offer(deal.id)}
        <RecordTimeline subject={deal.id} />
      </RecordLayout>
      <DealDialog open={open === 'edit'} onClose={() => setOpen(null)} deal={deal} />
      <LoseDialog open={open === 'lose'} onClose={() => setOpen(null)} deal={deal} />
    </>
  )
}
