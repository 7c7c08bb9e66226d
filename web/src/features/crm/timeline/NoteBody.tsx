/** A note on a timeline: its text, and for its author a way to change or delete it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh } from '@/api/query'
import { ago, dateTime } from '@/lib/format'
import { explain } from '@/lib/problem'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { Notice } from '@/ui/Notice'
import { toast, toastError } from '@/ui/Toast'
import { createNote, deleteNote, membersQuery, saveNote, type Note } from '../api'
import { withIds, withNames } from '../notes/markdown'
import { NoteArea } from '../notes/NoteArea'
import { RichText } from '../notes/RichText'

const reload = () => refresh('timeline', 'note')

export function NoteBody({ note }: { note: Note }) {
  const { t } = useTranslation('crm')
  const [editing, setEditing] = useState(false)
  const remove = useMutation({
    mutationFn: () => deleteNote(note.id),
    onSuccess: () => {
      // A note leaves nothing behind, so taking the deletion back writes it once more.
      toast({ text: t('note.deleted'), undo: () => void createNote(note.subject, note.body).then(reload, toastError) })
      void reload()
    },
    onError: toastError,
  })
  if (editing) return <EditNote key={note.version} note={note} onDone={() => setEditing(false)} />
  const may = (action: string) => note.actions.includes(action)
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <RichText text={note.body} people={note.mentions} />
        {note.edited_at && (
          <p className="mt-1 text-sm text-faint" title={dateTime(note.edited_at)}>
            {t('note.edited', { who: note.edited_by?.name ?? '', when: ago(note.edited_at) })}
          </p>
        )}
      </div>
      {note.actions.length > 0 && (
        <Menu
          trigger={<IconButton bare size="sm" label={t('note.more')} icon={<Ellipsis className="size-4" />} className="-my-1 -mr-1.5" />}
          items={[
            may('update') && { label: t('edit'), icon: <Pencil className="size-4" />, run: () => setEditing(true) },
            may('delete') && { label: t('delete'), icon: <Trash2 className="size-4" />, danger: true, run: () => remove.mutate() },
          ]}
        />
      )}
    </div>
  )
}

function EditNote({ note, onDone }: { note: Note; onDone: () => void }) {
  const { t } = useTranslation('crm')
  const people = useQuery(membersQuery).data?.items ?? note.mentions
  const [body, setBody] = useState(withNames(note.body, note.mentions))
  const save = useMutation({
    mutationFn: () => saveNote(note, withIds(body.trim(), [...note.mentions, ...people])),
    onSuccess: async () => {
      await reload()
      onDone()
    },
  })
  return (
    <div className="flex flex-col gap-2 py-1">
      <NoteArea label={t('note.label')} autoFocus value={body} onChange={setBody} onSend={() => body.trim() && save.mutate()} />
      {save.isError && <Notice tone="danger">{explain(save.error)}</Notice>}
      <div className="flex gap-2">
        <Button kind="primary" size="sm" busy={save.isPending} disabled={!body.trim()} onClick={() => save.mutate()}>
          {t('note.save')}
        </Button>
        <Button kind="quiet" size="sm" onClick={onDone}>
          {t('ui:dialog.cancel')}
        </Button>
      </div>
    </div>
  )
}
