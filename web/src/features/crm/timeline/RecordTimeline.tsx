/** The story of one record: what is still to come, what people write and do, and everything that happened to it and to what hangs on it. */
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { CalendarClock, ListTodo, Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { refresh } from '@/api/query'
import { Button } from '@/ui/Button'
import { Kbd } from '@/ui/Kbd'
import { Notice } from '@/ui/Notice'
import { Timeline } from '@/ui/Timeline'
import { explain } from '@/lib/problem'
import { ActivityDialog } from '../activities/ActivityDialog'
import type { ActivityKind } from '../activities/api'
import { Upcoming } from '../activities/Upcoming'
import { createNote, listTimeline, membersQuery, type TimelineFilter } from '../api'
import { withIds } from '../notes/markdown'
import { NoteArea } from '../notes/NoteArea'
import { useTimelineItems } from './entries'
import { FilterBar } from './FilterBar'

const ALL: TimelineFilter = { kinds: [], member: null }

export function RecordTimeline({ subject }: { subject: string }) {
  const { t } = useTranslation('crm')
  const mayWrite = useCan('note.write')
  const mayAct = useCan('activity.write')
  const maySee = useCan('activity.read')
  const [filter, setFilter] = useState(ALL)
  const entries = useInfiniteQuery({
    queryKey: ['timeline', subject, filter],
    queryFn: ({ pageParam, signal }) => listTimeline(subject, filter)(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
  const items = useTimelineItems(entries.data?.pages.flatMap((page) => page.items) ?? [], subject)
  const filtered = filter.kinds.length > 0 || !!filter.member
  return (
    <div className="mx-auto w-full max-w-2xl">
      <h2 className="mb-2 text-base">{t('timeline.title')}</h2>
      {mayWrite && <NoteForm subject={subject} />}
      {mayAct && <NewActivities subject={subject} />}
      {maySee && <Upcoming subject={subject} />}
      <FilterBar filter={filter} onChange={setFilter} />
      <Timeline
        items={items}
        isLoading={entries.isPending}
        error={entries.error}
        onRetry={() => void entries.refetch()}
        hasMore={entries.hasNextPage}
        onMore={() => void entries.fetchNextPage()}
        busy={entries.isFetchingNextPage}
        empty={t(filtered ? 'timeline.none_of_these' : 'timeline.empty')}
      />
    </div>
  )
}

const ICONS = { call: Phone, meeting: CalendarClock, task: ListTodo }

function NewActivities({ subject }: { subject: string }) {
  const { t } = useTranslation('crm')
  const [kind, setKind] = useState<ActivityKind | null>(null)
  return (
    <div className="mb-5 flex flex-wrap gap-2" role="group" aria-label={t('activity.add')}>
      {(['task', 'call', 'meeting'] as const).map((each) => {
        const Icon = ICONS[each]
        return (
          <Button key={each} size="sm" icon={<Icon className="size-4" />} onClick={() => setKind(each)}>
            {t(`activity.new.${each}`)}
          </Button>
        )
      })}
      <ActivityDialog kind={kind ?? 'task'} open={!!kind} onClose={() => setKind(null)} about={subject} />
    </div>
  )
}

function NoteForm({ subject }: { subject: string }) {
  const { t } = useTranslation('crm')
  const people = useQuery(membersQuery).data?.items ?? []
  const [body, setBody] = useState('')
  const save = useMutation({
    mutationFn: (text: string) => createNote(subject, withIds(text, people)),
    onSuccess: () => {
      setBody('')
      return refresh('timeline', 'note')
    },
  })
  const send = () => {
    if (body.trim() && !save.isPending) save.mutate(body.trim())
  }
  return (
    <form
      className="mb-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <NoteArea label={t('note.label')} placeholder={t('note.placeholder')} rows={body ? 4 : 2} tools={!!body} value={body} onChange={setBody} onSend={send} />
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
