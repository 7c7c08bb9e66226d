/** The story of one record: notes people write, and everything that happened to it and to what hangs on it. */
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { refresh } from '@/api/query'
import { Button } from '@/ui/Button'
import { Kbd } from '@/ui/Kbd'
import { Notice } from '@/ui/Notice'
import { TextArea } from '@/ui/TextField'
import { Timeline } from '@/ui/Timeline'
import { explain } from '@/lib/problem'
import { createNote, listTimeline } from '../api'
import { useTimelineItems } from './entries'

export function RecordTimeline({ subject }: { subject: string }) {
  const { t } = useTranslation('crm')
  const mayWrite = useCan('note.write')
  const entries = useInfiniteQuery({
    queryKey: ['timeline', subject],
    queryFn: ({ pageParam, signal }) => listTimeline(subject)(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const items = useTimelineItems(entries.data?.pages.flatMap((page) => page.items) ?? [], subject)
  return (
    <div className="mx-auto w-full max-w-2xl">
      <h2 className="mb-2 text-base">{t('timeline.title')}</h2>
      {mayWrite && <NoteForm subject={subject} />}
      <Timeline
        items={items}
        isLoading={entries.isPending}
        error={entries.error}
        onRetry={() => void entries.refetch()}
        hasMore={entries.hasNextPage}
        onMore={() => void entries.fetchNextPage()}
        busy={entries.isFetchingNextPage}
        empty={t('timeline.empty')}
      />
    </div>
  )
}

function NoteForm({ subject }: { subject: string }) {
  const { t } = useTranslation('crm')
  const [body, setBody] = useState('')
  const save = useMutation({
    mutationFn: (text: string) => createNote(subject, text),
    onSuccess: () => {
      setBody('')
      return refresh('timeline', 'note')
    },
  })
  const send = () => body.trim() && !save.isPending && save.mutate(body.trim())
  return (
    <form
      className="mb-5"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextArea
        label={t('note.label')}
        labelHidden
        placeholder={t('note.placeholder')}
        rows={body ? 4 : 2}
        maxLength={10_000}
        value={body}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
            event.preventDefault()
            send()
          }
        }}
      />
      {save.isError && (
        <div className="mt-2">
          <Notice tone="danger">{explain(save.error)}</Notice>
        </div>
      )}
      {body.trim() && (
        <div className="mt-2 flex items-center gap-3">
          <Button type="submit" kind="primary" size="sm" busy={save.isPending}>
            {t('note.save')}
          </Button>
          <span className="max-md:hidden">
            <Kbd keys="mod+enter" />
          </span>
        </div>
      )}
    </form>
  )
}
