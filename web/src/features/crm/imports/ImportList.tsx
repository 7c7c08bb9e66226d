/** Bring a file, and every file that was brought. */
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { FileSpreadsheet } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { queryClient, refresh, useList } from '@/api/query'
import { bytes, dateTime, number } from '@/lib/format'
import { explain } from '@/lib/problem'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { FileDrop } from '@/ui/FileDrop'
import { Notice } from '@/ui/Notice'
import { PageHeader } from '@/ui/PageHeader'
import { Row, Rows } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { importQuery, listImports, upload, type Import } from './api'
import { ImportStatus } from './ImportStatus'
import { MappingList } from './MappingList'
import { useImportNouns, useNounName } from './nouns'

const route = getRouteApi('/_app/imports')

const MOST = 100_000_000
const ACCEPT = '.csv,.tsv,.txt,.xlsx,.vcf,.vcard,text/csv,text/tab-separated-values,text/plain,text/vcard,text/x-vcard'

export function ImportList() {
  const { t } = useTranslation('crm')
  const navigate = useNavigate({ from: '/imports' })
  const search = route.useSearch()
  const may = useCan('contact.import')
  const nouns = useImportNouns()
  const nameOf = useNounName()
  const noun = nouns.find((one) => one.noun === search.noun)?.noun ?? 'contact'
  const list = useList<Import>(['import', 'list'], listImports)
  const send = useMutation({
    mutationFn: upload,
    onSuccess: (one) => {
      queryClient.setQueryData(importQuery(one.id).queryKey, one)
      void refresh('import')
      void navigate({ to: '/imports/$id', params: { id: one.id } })
    },
  })
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="max-w-4xl">
        <PageHeader title={t('app:nav.imports')} about={t('import.about')} />
        <div className="flex flex-col gap-6 px-6 pt-2 pb-8 max-md:px-4">
          {may ? (
            <div className="flex flex-col gap-3">
              <Select
                label={t('import.noun')}
                className="max-w-80"
                value={noun}
                onChange={(event) => void navigate({ search: { noun: event.target.value }, replace: true })}
                options={nouns.map((one) => ({ value: one.noun, label: one.plural }))}
              />
              <FileDrop label={t('import.drop')} hint={t('import.drop_hint')} accept={ACCEPT} most={MOST} busy={send.isPending} onFile={(file) => send.mutate({ file, noun })} />
            </div>
          ) : (
            <Notice>{t('not_allowed')}</Notice>
          )}
          {send.isError && <Notice tone="danger">{explain(send.error)}</Notice>}
          {may && <MappingList />}
          {list.isLoading && <Skeleton className="h-40" />}
          {!!list.error && list.rows.length === 0 && <ErrorState error={list.error} onRetry={list.retry} />}
          {list.rows.length > 0 && (
            <section>
              <h2 className="mb-2 text-lg">{t('import.earlier')}</h2>
              <Rows>
                {list.rows.map((one) => (
                  <Row
                    key={one.id}
                    picture={<FileSpreadsheet aria-hidden className="size-5 shrink-0 text-faint" />}
                    title={
                      <Link to="/imports/$id" params={{ id: one.id }} className="hover:underline">
                        {one.file_name}
                      </Link>
                    }
                    about={[nameOf(one.noun), dateTime(one.created_at), bytes(one.size)].join(' · ')}
                    aside={
                      <>
                        {one.updated > 0 && <span>{t('import.updated', { count: one.updated, shown: number(one.updated) })}</span>}
                        {one.created > 0 && <span>{t('import.created', { count: one.created, shown: number(one.created) })}</span>}
                        <ImportStatus state={one.state} />
                      </>
                    }
                  />
                ))}
              </Rows>
              {list.hasMore && (
                <Button className="mt-3" busy={list.isLoadingMore} onClick={list.loadMore}>
                  {t('ui:timeline.more')}
                </Button>
              )}
            </section>
          )}
        </div>
      </div>
    </div>
  )
}
