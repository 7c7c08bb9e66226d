/** One object in the settings: its names, its place, and what can be done with it. */
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/ui/Badge'
import { Confirm } from '@/ui/Confirm'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { Row } from '@/ui/Section'
import { toast, toastError } from '@/ui/Toast'
import { archiveObject, deleteObject, refreshObjects, restoreObject, saveObject, type OwnObject } from './api'
import { ObjectDialog } from './ObjectDialog'

export function ObjectRow({ object, at, last }: { object: OwnObject; at: number; last: boolean }) {
  const { t } = useTranslation(['objects', 'crm'])
  const navigate = useNavigate()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const may = (action: string) => object.actions.includes(action)
  const why = (action: string) => (may(action) ? undefined : t('crm:not_allowed'))
  const name = object.plural
  const restore = useMutation({ mutationFn: () => restoreObject(object.id), onSuccess: refreshObjects, onError: toastError })
  const archive = useMutation({
    mutationFn: () => archiveObject(object.id),
    onSuccess: () => {
      toast({ text: t('archived_now', { name }), undo: () => restore.mutate() })
      void refreshObjects()
    },
    onError: toastError,
  })
  const move = useMutation({ mutationFn: (position: number) => saveObject(object, { position }), onSuccess: refreshObjects, onError: toastError })
  const remove = useMutation({
    mutationFn: () => deleteObject(object.id),
    onSuccess: () => {
      setOpen(null)
      void refreshObjects()
    },
  })
  const fields = { label: t('fields'), run: () => void navigate({ to: '/settings/custom-fields' }) }
  const items = object.archived_at
    ? [
        { label: t('restore'), why: why('restore'), run: () => restore.mutate() },
        { label: t('delete'), danger: true, why: why('delete'), run: () => setOpen('delete') },
      ]
    : [{ label: t('crm:edit'), why: why('update'), run: () => setOpen('edit') }, fields, { label: t('archive'), why: why('archive'), run: () => archive.mutate() }]
  return (
    <>
      <Row
        title={
          object.archived_at ? (
            <span dir="auto">{name}</span>
          ) : (
            <Link to="/objects/$id" params={{ id: object.id }} dir="auto" className="hover:underline">
              {name}
            </Link>
          )
        }
        about={
          <>
            <span dir="auto">{object.description || object.singular}</span> · <code>{object.key}</code>
          </>
        }
        aside={object.archived_at && <Badge tone="warn">{t('archived')}</Badge>}
        actions={
          <>
            {!object.archived_at && (
              <>
                <IconButton size="sm" label={t('up', { name })} disabled={!may('update') || move.isPending || at === 0} icon={<ArrowUp className="size-4" />} onClick={() => move.mutate(at - 1)} />
                <IconButton size="sm" label={t('down', { name })} disabled={!may('update') || move.isPending || last} icon={<ArrowDown className="size-4" />} onClick={() => move.mutate(at + 1)} />
              </>
            )}
            <Menu trigger={<IconButton size="sm" label={t('more', { name })} icon={<Ellipsis className="size-4" />} />} items={items} />
          </>
        }
      />
      {open === 'edit' && <ObjectDialog object={object} onClose={() => setOpen(null)} />}
      {open === 'delete' && (
        <Confirm
          open
          onClose={() => setOpen(null)}
          title={t('delete_title', { name })}
          action={t('delete')}
          word={object.key}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
        >
          {t('delete_text')}
        </Confirm>
      )}
    </>
  )
}
