/** Sends again everything that failed since a time, and shows how far that is. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh } from '@/api/query'
import { Button } from '@/ui/Button'
import { Dialog, DialogBody, DialogFooter, FormDialog } from '@/ui/Dialog'
import { Notice } from '@/ui/Notice'
import { ProgressBar } from '@/ui/ProgressBar'
import { Select } from '@/ui/Select'
import { replayQuery, startReplay, type Endpoint } from './api'

const HOURS = [1, 24, 24 * 7, 24 * 30] as const

export function ReplayDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const { t } = useTranslation('webhooks')
  const [hours, setHours] = useState('24')
  const start = useMutation({
    mutationFn: () => startReplay(endpoint.id, new Date(Date.now() - Number(hours) * 3_600_000).toISOString()),
  })
  if (start.data) return <Progress id={start.data.id} onClose={onClose} />
  return (
    <FormDialog open onClose={onClose} title={t('replay.all')} about={t('replay.about')} size="sm" submit={t('replay.start')} busy={start.isPending} error={start.error} onSubmit={() => start.mutate()}>
      <Select label={t('replay.since')} value={hours} onChange={(event) => setHours(event.target.value)} options={HOURS.map((value) => ({ value: String(value), label: t(`replay.hours_${value}`) }))} />
    </FormDialog>
  )
}

function Progress({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('webhooks')
  const replay = useQuery(replayQuery(id))
  const close = () => {
    void refresh('webhook_delivery')
    onClose()
  }
  const { state = 'running', total = 0, done = 0 } = replay.data ?? {}
  return (
    <Dialog open onClose={close} title={t('replay.all')} size="sm">
      <DialogBody className="flex flex-col gap-4">
        {state === 'running' && <ProgressBar label={t('replay.all')} value={done} total={total || null} />}
        {state === 'done' && <Notice tone="good">{t('replay.done', { count: done })}</Notice>}
        {state === 'stopped' && <Notice tone="warn">{t('replay.stopped')}</Notice>}
      </DialogBody>
      <DialogFooter>
        <Button kind="primary" onClick={close}>
          {t('replay.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
