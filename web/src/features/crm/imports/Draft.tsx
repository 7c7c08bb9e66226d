/** How the file is read, which column feeds which field, and the first rows as they would be stored. */
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient, refresh } from '@/api/query'
import { number } from '@/lib/format'
import { explain } from '@/lib/problem'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { toastError } from '@/ui/Toast'
import { deleteImport, importQuery, saveImport, startImport, type Import, type ImportChange } from './api'
import { DialectFields } from './DialectFields'
import { FixedValues } from './FixedValues'
import { MappingChoice } from './MappingChoice'
import { MappingTable, useTargetName } from './MappingTable'
import { useNounName } from './nouns'
import { OptionFields } from './OptionFields'
import { PreviewTable } from './PreviewTable'
import { Trial } from './Trial'

export function Draft({ one }: { one: Import }) {
  const { t } = useTranslation('crm')
  const navigate = useNavigate()
  const [mapping, setMapping] = useState(() => one.columns.map((column) => column.target))
  const keep = (saved: Import) => {
    queryClient.setQueryData(importQuery(one.id).queryKey, saved)
    void refresh('import')
  }
  const save = useMutation({
    mutationFn: (change: ImportChange) => saveImport(one, change),
    onSuccess: keep,
    onError: () => setMapping(one.columns.map((column) => column.target)),
  })
  const start = useMutation({ mutationFn: () => startImport(one.id), onSuccess: keep, onError: toastError })
  const map = (column: number, target: string | null) => {
    const next = mapping.map((held, index) => (index === column ? target : held))
    setMapping(next)
    save.mutate({ mapping: next })
  }
  const discard = useMutation({
    mutationFn: () => deleteImport(one.id),
    onSuccess: () => {
      void refresh('import')
      void navigate({ to: '/imports' })
    },
    onError: toastError,
  })
  const targetName = useTargetName()
  const nounName = useNounName()
  const named = mapping.some((target) => target && one.naming.includes(target))
  return (
    <div className="flex flex-col gap-8">
      <section>
        <h2 className="text-lg">{t('import.reading')}</h2>
        <p className="mb-3 text-base text-soft">{t(one.format === 'xlsx' ? 'import.reading_sheet' : 'import.reading_about')}</p>
        <DialectFields one={one} busy={save.isPending} onChange={(dialect) => save.mutate({ dialect })} onSheet={(sheet) => save.mutate({ sheet })} />
        {one.error && (
          <div className="mt-3">
            <Notice tone="warn">{one.error.message}</Notice>
          </div>
        )}
      </section>
      {save.isError && <Notice tone="danger">{explain(save.error)}</Notice>}
      <section>
        <h2 className="text-lg">{t('import.columns')}</h2>
        <p className="mb-3 text-base text-soft">
          {t('import.columns_about')} {t('import.noun_about', { noun: nounName(one.noun) })}
        </p>
        <MappingChoice one={one} busy={save.isPending} onApply={(mapping_id) => save.mutate({ mapping_id })} />
        <MappingTable one={one} mapping={mapping} onMap={map} />
      </section>
      <section>
        <h2 className="mb-3 text-lg">{t('import.taking')}</h2>
        <OptionFields one={one} busy={save.isPending} onChange={(options) => save.mutate({ options })} />
      </section>
      <section>
        <h2 className="mb-3 text-lg">{t('import.fixed')}</h2>
        <FixedValues one={one} busy={save.isPending} onChange={(defaults) => save.mutate({ options: { defaults } })} />
      </section>
      <section>
        <h2 className="text-lg">{t('import.preview')}</h2>
        <p className="mb-3 text-base text-soft">{t('import.preview_about')}</p>
        {one.actions.includes('preview') ? <PreviewTable one={one} /> : <p className="text-base text-faint">{t('import.no_preview')}</p>}
      </section>
      <Trial one={one} busy={save.isPending} />
      <div className="sticky bottom-0 -mx-6 flex flex-wrap items-center gap-3 border-t border-line bg-bg px-6 py-3 max-md:-mx-4 max-md:px-4">
        <Button
          kind="primary"
          size="lg"
          icon={<Play className="size-4" />}
          busy={start.isPending || save.isPending}
          why={!one.actions.includes('start') ? t('not_allowed') : named ? undefined : t('import.needs_name', { fields: one.naming.map(targetName).join(', ') })}
          onClick={() => start.mutate()}
        >
          {t('import.start_rows', { count: one.rows_estimated, shown: number(one.rows_estimated) })}
        </Button>
        <span className="text-sm text-faint">{t('import.can_undo')}</span>
        {one.actions.includes('delete') && (
          <Button kind="quiet" className="ml-auto" busy={discard.isPending} onClick={() => discard.mutate()}>
            {t('import.discard')}
          </Button>
        )}
      </div>
    </div>
  )
}
