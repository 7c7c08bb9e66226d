/** One delivery: its message, each try with the answer, and sending it again. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { refresh } from '@/api/query'
import { dateTime } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Dialog, DialogBody, DialogFooter } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { deliveryQuery, replayDelivery, type DeliveryDetail } from './api'
import { DeliveryStatus } from './state'

type Props = { id: string; canReplay: boolean; onClose: () => void }

export function DeliveryDialog({ id, canReplay, onClose }: Props) {
  const { t } = useTranslation('webhooks')
  const delivery = useQuery(deliveryQuery(id))
  const again = useMutation({
    mutationFn: () => replayDelivery(id),
    onSuccess: async () => {
      await refresh('webhook_delivery')
      toast({ text: t('replay.one_done') })
    },
    onError: toastError,
  })
  const may = canReplay && !!delivery.data?.delivery.actions.includes('replay')
  return (
    <Dialog open onClose={onClose} title={delivery.data?.delivery.event_type ?? t('log.title')} size="lg">
      <DialogBody className="flex flex-col gap-5">
        {delivery.isPending && <Skeleton className="h-60" />}
        {delivery.isError && <ErrorState error={delivery.error} onRetry={() => void delivery.refetch()} />}
        {delivery.data && <Detail detail={delivery.data} />}
      </DialogBody>
      {may && (
        <DialogFooter>
          <Button kind="primary" busy={again.isPending} onClick={() => again.mutate()}>
            {t('replay.one')}
          </Button>
        </DialogFooter>
      )}
    </Dialog>
  )
}

const BOX = 'overflow-x-auto rounded-md bg-sunken p-3 font-mono text-sm'

function Detail({ detail: { delivery, message, attempts } }: { detail: DeliveryDetail }) {
  const { t } = useTranslation('webhooks')
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1 text-base">
        <dt className="text-soft">{t('log.state')}</dt>
        <dd>
          <DeliveryStatus state={delivery.state} />
        </dd>
        <dt className="text-soft">webhook-id</dt>
        <dd className="font-mono text-sm wrap-anywhere">{delivery.event_id}</dd>
        {delivery.next_try_at && (
          <>
            <dt className="text-soft">{t('detail.next')}</dt>
            <dd>{dateTime(delivery.next_try_at)}</dd>
          </>
        )}
      </dl>
      <section>
        <h3 className="mb-1 text-base font-medium">{t('detail.message')}</h3>
        <pre tabIndex={0} aria-label={t('detail.message')} className={BOX}>
          {JSON.stringify(message, null, 2)}
        </pre>
      </section>
      <section>
        <h3 className="mb-1 text-base font-medium">{t('detail.attempts')}</h3>
        {attempts.length === 0 && <p className="text-base text-soft">{t('detail.none')}</p>}
        <ol className="flex flex-col gap-3">
          {attempts.map((attempt) => (
            <li key={attempt.at}>
              <p className="flex flex-wrap gap-x-3 text-base">
                <span>{dateTime(attempt.at)}</span>
                <span>{t(`outcome.${attempt.outcome}`)}</span>
                {attempt.status && <span>{attempt.status}</span>}
                <span className="text-faint">{t('detail.took', { ms: attempt.took_ms })}</span>
              </p>
              {attempt.answer && (
                <pre tabIndex={0} aria-label={t('detail.answer')} className={`${BOX} mt-1 max-h-40`}>
                  {attempt.answer}
                </pre>
              )}
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}
