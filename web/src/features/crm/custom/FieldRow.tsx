/** One field: what it is called and holds, its place, and what can be done with it. */
import { useMutation } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/ui/Badge'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { ProgressBar } from '@/ui/ProgressBar'
import { toast, toastError } from '@/ui/Toast'
import { archiveCustomField, type CustomField, refreshCustomFields, restoreCustomField } from './api'
import { ConvertDialog } from './ConvertDialog'
import { DeleteField } from './DeleteField'
import { FieldDialog } from './FieldDialog'

type Props = { field: CustomField; busy: boolean; onUp?: (() => void) | undefined; onDown?: (() => void) | undefined }

export function FieldRow({ field, busy, onUp, onDown }: Props) {
  const { t } = useTranslation('crm')
  const [open, setOpen] = useState<'edit' | 'convert' | 'delete' | null>(null)
  const may = (action: string) => field.actions.includes(action)
  const name = field.label
  const restore = useMutation({ mutationFn: () => restoreCustomField(field.id), onSuccess: refreshCustomFields, onError: toastError })
  const archive = useMutation({
    mutationFn: () => archiveCustomField(field.id),
    onSuccess: () => {
      toast({ text: t('custom.archived_now', { name }), undo: () => restore.mutate() })
      void refreshCustomFields()
    },
    onError: toastError,
  })
  const why = (action: string) => (may(action) ? undefined : t('not_allowed'))
  const items = field.archived_at
    ? [
        { label: t('custom.restore'), why: why('restore'), run: () => restore.mutate() },
        { label: t('custom.delete'), danger: true, why: why('delete'), run: () => setOpen('delete') },
      ]
    : [
        { label: t('edit'), why: why('update'), run: () => setOpen('edit') },
        { label: t('custom.convert'), why: why('convert'), run: () => setOpen('convert') },
        { label: t('custom.archive'), why: why('archive'), run: () => archive.mutate() },
      ]
  const close = () => setOpen(null)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      <div className="min-w-0 flex-1 basis-48">
        <div className="truncate text-base font-medium" dir="auto">
          {name}
        </div>
        <div className="truncate text-sm text-soft">
          {t(`custom.kind.${field.kind}`)} · <code>{field.key}</code>
        </div>
      </div>
      {field.required && !field.archived_at && <Badge>{t('custom.required')}</Badge>}
      {field.archived_at && <Badge tone="warn">{t('custom.archived')}</Badge>}
      {field.work_failed > 0 && !field.work && <Badge tone="danger">{t('custom.failed', { count: field.work_failed })}</Badge>}
      <div className="flex">
        {!field.archived_at && (
          <>
            <IconButton size="sm" label={t('custom.up', { name })} disabled={!may('update') || busy || !onUp} icon={<ArrowUp className="size-4" />} onClick={onUp} />
            <IconButton size="sm" label={t('custom.down', { name })} disabled={!may('update') || busy || !onDown} icon={<ArrowDown className="size-4" />} onClick={onDown} />
          </>
        )}
        <Menu trigger={<IconButton size="sm" label={t('custom.more', { name })} icon={<Ellipsis className="size-4" />} />} items={items} />
      </div>
      {field.work && (
        <div className="basis-full pb-1">
          <ProgressBar value={field.work.done} total={field.work.total} label={t('custom.working')} />
        </div>
      )}
      {open === 'edit' && <FieldDialog object={field.object} title={t('custom.edit')} field={field} onClose={close} />}
      {open === 'convert' && <ConvertDialog field={field} onClose={close} />}
      {open === 'delete' && <DeleteField field={field} onClose={close} />}
    </li>
  )
}
