/** What can be done with the selected rows, or with all that the list finds. */
import { useMutation } from '@tanstack/react-query'
import { ArrowRightLeft, PencilLine, Tag, Trash2, UserRound } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { number } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { toastError } from '@/ui/Toast'
import { startBulk, type BulkAction } from './api'
import { AssignDialog, FieldDialog, StageDialog, TagDialog } from './dialogs'
import { useBulkWords } from './useBulkWords'

type Props = {
  /** `company`, or the id of a custom object. */
  noun: string
  rows: { id: string }[]
  /** All that the list finds are meant, whatever is loaded. */
  everything: boolean
  /** The query string that finds them. */
  find: string
  clear: () => void
}

/** What the rights to the records of a noun are called. */
const rightsOf = (noun: string): string => (noun.startsWith('obj_') ? 'custom_record' : noun)

export function BulkBar({ noun, rows, everything, find, clear }: Props) {
  const { t } = useTranslation(['bulk', 'crm'])
  const { permissions } = useMe()
  const { tell } = useBulkWords()
  const [open, setOpen] = useState<'field' | 'assign' | 'tag' | 'stage' | 'delete' | null>(null)
  const may = (verb: string) => (permissions.includes('bulk_change.use') && permissions.includes(`${rightsOf(noun)}.${verb}`) ? undefined : t('crm:not_allowed'))
  const act = useMutation({
    mutationFn: (action: BulkAction) => startBulk(noun, everything ? { find } : { ids: rows.map((row) => row.id) }, action),
    onSuccess: (change) => {
      setOpen(null)
      clear()
      tell(change)
    },
    onError: (error) => {
      if (open === null) toastError(error)
    },
  })
  const dialog = { noun, busy: act.isPending, error: act.error, onDo: (action: BulkAction) => act.mutate(action), onClose: () => (act.reset(), setOpen(null)) }
  const button = (what: NonNullable<typeof open>, icon: ReactNode, verb: string, run = () => setOpen(what)) => (
    <Button icon={icon} why={may(verb)} busy={act.isPending && open === null && what === 'delete'} onClick={run}>
      {t(`act.${what}`)}
    </Button>
  )
  const remove = () => (everything || rows.length > 200 ? setOpen('delete') : act.mutate({ kind: 'delete' }))
  return (
    <>
      {button('field', <PencilLine className="size-4" />, 'edit')}
      {button('assign', <UserRound className="size-4" />, 'edit')}
      {(noun === 'company' || noun === 'contact') && button('tag', <Tag className="size-4" />, 'edit')}
      {noun === 'deal' && button('stage', <ArrowRightLeft className="size-4" />, 'edit')}
      {button('delete', <Trash2 className="size-4" />, 'delete', remove)}
      {open === 'field' && <FieldDialog {...dialog} />}
      {open === 'assign' && <AssignDialog {...dialog} />}
      {open === 'tag' && <TagDialog {...dialog} />}
      {open === 'stage' && <StageDialog {...dialog} />}
      <Confirm open={open === 'delete'} onClose={dialog.onClose} title={t('delete_title')} action={t('act.delete')} busy={act.isPending} error={act.error} onConfirm={() => act.mutate({ kind: 'delete' })}>
        {everything ? t('delete_all_text') : t('delete_text', { count: rows.length, shown: number(rows.length) })}
      </Confirm>
    </>
  )
}
