/** A trial of the whole file: begun here, watched, and what it came to, with the table of every row to take along. */
import { useMutation } from '@tanstack/react-query'
import { Download, FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/query'
import { number } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { ProgressBar } from '@/ui/ProgressBar'
import { Stat } from '@/ui/Stat'
import { toastError } from '@/ui/Toast'
import { importQuery, tryImport, type Import } from './api'

export function Trial({ one, busy }: { one: Import; busy: boolean }) {
  const { t } = useTranslation('crm')
  const { trial } = one
  const begin = useMutation({
    mutationFn: () => tryImport(one.id),
    onSuccess: (saved) => queryClient.setQueryData(importQuery(one.id).queryKey, saved),
    onError: toastError,
  })
  const running = trial?.state === 'running'
  return (
    <section>
      <h2 className="text-lg">{t('trial.title')}</h2>
      <p className="mb-3 text-base text-soft">{t('trial.about')}</p>
      {running && (
        <div className="panel max-w-2xl p-5" aria-live="polite">
          <ProgressBar value={trial.bytes_done} total={one.size || null} label={t('import.running', { done: number(trial.rows_done), total: number(one.rows_estimated) })} />
        </div>
      )}
      {trial?.state === 'failed' && <Notice tone="danger">{trial.error?.message ?? t('trial.failed')}</Notice>}
      {trial?.state === 'done' && (
        <div className="panel grid grid-cols-2 gap-5 p-5 md:grid-cols-5" role="group" aria-label={t('trial.title')}>
          <Stat label={t('trial.created')} value={number(trial.created)} />
          <Stat label={t('trial.updated')} value={number(trial.updated)} />
          <Stat label={t('trial.skipped')} value={number(trial.skipped)} />
          <Stat label={t('trial.companies')} value={number(trial.companies_created)} />
          <Stat label={t('trial.refused')} value={number(trial.refused)} tone={trial.refused > 0 ? 'danger' : 'neutral'} />
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {one.actions.includes('try') && !running && (
          <Button icon={<FlaskConical className="size-4" />} busy={begin.isPending} disabled={busy} onClick={() => begin.mutate()}>
            {t(trial ? 'trial.again' : 'trial.begin')}
          </Button>
        )}
        {one.actions.includes('download_trial') && (
          <Button asChild kind="quiet">
            <a href={`/api/v1/imports/${one.id}/trial.csv`} download>
              <Download aria-hidden className="size-4" /> {t('trial.table')}
            </a>
          </Button>
        )}
      </div>
    </section>
  )
}
