/** Events in words: an icon by noun, a sentence by kind; a kind newer than our words is shown plainly. */
import { Link } from '@tanstack/react-router'
import { Box, Building2, CalendarClock, CircleCheckBig, CircleUserRound, CopyCheck, FileInput, FileText, Handshake, ListTodo, Mail, NotebookPen, Phone, ReceiptText, Sparkle, Trophy, UserRoundPlus, Wallet, type LucideIcon } from 'lucide-react'
import { Trans, useTranslation } from 'react-i18next'
import { pageOf } from '@/lib/record'
import type { TimelineItem } from '@/ui/Timeline'
import type { TimelineEntry } from '../api'
import { ActivityRow } from '../activities/ActivityRow'
import { NoteBody } from './NoteBody'

const ICONS: Record<string, LucideIcon> = {
  company: Building2,
  contact: CircleUserRound,
  deal: Handshake,
  lead: UserRoundPlus,
  custom_record: Box,
  note: NotebookPen,
  call: Phone,
  meeting: CalendarClock,
  task: ListTodo,
  merge: CopyCheck,
  quote: FileText,
  invoice: ReceiptText,
  payment: Wallet,
  refund: Wallet,
  credit_note: ReceiptText,
  mail: Mail,
  import: FileInput,
}

function iconOf(kind: string) {
  if (kind === 'deal.won') return <Trophy />
  if (kind === 'task.completed') return <CircleCheckBig />
  const Icon = ICONS[kind.split('.')[0] ?? ''] ?? Sparkle
  return <Icon />
}

/** The name of the record an entry is about, linked when it is another record than the one on screen. */
function Subject({ entry, here }: { entry: TimelineEntry; here: string }) {
  const page = pageOf(entry.subject)
  if (!entry.subject_name || entry.subject === here) return null
  return page ? (
    <Link {...page} className="font-medium text-ink hover:underline">
      {entry.subject_name}
    </Link>
  ) : (
    <strong>{entry.subject_name}</strong>
  )
}

export function useTimelineItems(entries: TimelineEntry[], here: string): TimelineItem[] {
  const { t, i18n } = useTranslation('crm')
  return entries.map((entry) => {
    const key = `event.${entry.kind.replace('.', '_')}`
    const known = i18n.exists(`crm:${key}`)
    const who = entry.actor.name ?? t(i18n.exists(`crm:timeline.by.${entry.actor.kind}`) ? `timeline.by.${entry.actor.kind}` : 'timeline.by.system')
    return {
      id: entry.id,
      icon: iconOf(entry.kind),
      at: entry.at,
      text: known ? (
        <>
          <Trans t={t} i18nKey={key as 'event.note_created'} values={{ who, detail: detailOf(entry) }} components={{ b: <strong /> }} /> <Subject entry={entry} here={here} />
        </>
      ) : (
        <>
          <strong>{who}</strong> {entry.kind.replaceAll(/[._]/g, ' ')} <Subject entry={entry} here={here} />
        </>
      ),
      body: bodyOf(entry, here),
    }
  })
}

/** The note, or the call, meeting or task where it was made; later entries of a task name it. */
function bodyOf(entry: TimelineEntry, here: string) {
  if (entry.note) return <NoteBody note={entry.note} />
  if (entry.activity && entry.kind.endsWith('.created')) return <ActivityRow activity={entry.activity} here={here} whole />
  return undefined
}

function detailOf(entry: TimelineEntry): string {
  const { data } = entry
  if (entry.activity) return entry.activity.title
  const found = data && ['stage', 'number', 'reason', 'amount', 'file_name', 'company'].map((name) => data[name]).find((value) => typeof value === 'string')
  return typeof found === 'string' ? found : ''
}
