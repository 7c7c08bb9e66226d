/** What an import did, what it refused and why, and the way back. */
import { useMutation } from '@tanstack/react-query'
import { Download, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient, refresh } from '@/api/query'
import { number } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { Notice } from '@/ui/Notice'
import { Stat } from '@/ui/Stat'
import { refreshCrm } from '../api'
import { importQuery, undoImport, type Import } from './api'
import { NounLink } from './NounLink'

export function Result({ one }: { one: Import }) {
  const { t } = useTranslation('crm')
  const [asking, setAsking] = useState(false)
  const undo = useMutation({
    mutationFn: () => undoImport(one.id),
    onSuccess: async (saved) => {
      queryClient.setQueryData(importQuery(one.id).queryKey, saved)
      setAsking(false)
      await Promise.all([refresh('import'), refreshCrm()])
    },
  })
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {one.state === 'failed' && <Notice tone="danger">{one.error?.message ?? t('import.failed')}</Notice>}
      {one.state === 'undone' && <Notice>{t('import.undone', { undone: number(one.undone), kept: number(one.kept) })}</Notice>}
      <div className="panel grid grid-cols-2 gap-5 p-5 md:grid-cols-5">
        <Stat label={t('import.stat.created')} value={number(one.created)} />
        <Stat label={t('import.stat.updated')} value={number(one.updated)} />
        <Stat label={t('import.stat.skipped')} value={number(one.skipped)} />
        <Stat label={t('import.stat.companies')} value={number(one.companies_created)} />
        <Stat label={t('import.stat.refused')} value={number(one.refused)} tone={one.refused > 0 ? 'danger' : 'neutral'} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button asChild kind="primary">
          <NounLink noun={one.noun} />
        </Button>
        {one.actions.includes('download_refused') && (
          <Button asChild>
            <a href={`/api/v1/imports/${one.id}/refused.csv`} download>
              <Download aria-hidden className="size-4" /> {t('import.refused_file')}
            </a>
          </Button>
        )}
        {one.actions.includes('undo') && (
          <Button icon={<Undo2 className="size-4" />} onClick={() => setAsking(true)}>
            {t('import.undo')}
          </Button>
        )}
      </div>
      <Confirm open={asking} onClose={() => setAsking(false)} title={t('import.undo_title')} action={t('import.undo')} busy={undo.isPending} error={undo.error} onConfirm={() => undo.mutate()}>
        <p>{t('import.undo_text')}</p>
      </Confirm>
    </div>
  )
}
