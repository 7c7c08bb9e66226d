/** What can be done with the view that is shown. */
import { useMutation } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { toast, toastError } from '@/ui/Toast'
import { chooseView, deleteView, refreshViews, restoreView, type SavedView } from './api'
import type { ViewState } from './useListView'
import { ViewDialog } from './ViewDialog'

export function ViewMenu({ list, view }: { list: ViewState; view: SavedView }) {
  const { t } = useTranslation(['views', 'crm'])
  const [editing, setEditing] = useState(false)
  const may = (action: string) => (view.actions.includes(action) ? undefined : t('crm:not_allowed'))
  const choose = useMutation({ mutationFn: (choice: { pinned: boolean; opens: boolean }) => chooseView(view.id, choice), onSuccess: refreshViews, onError: toastError })
  const remove = useMutation({
    mutationFn: () => deleteView(view.id),
    onSuccess: () => {
      list.open(null)
      toast({ text: t('crm:deleted', { name: view.name }), undo: () => void restoreView(view.id).then(refreshViews, toastError) })
      void refreshViews()
    },
    onError: toastError,
  })
  const { pinned, opens } = view
  return (
    <>
      <Menu
        trigger={<IconButton size="sm" bare label={t('more', { name: view.name })} icon={<Ellipsis className="size-4" />} />}
        align="start"
        items={[
          { label: t(list.noun === 'report' ? 'pin_report' : 'pin'), checked: pinned, run: () => choose.mutate({ pinned: !pinned, opens }) },
          { label: t(list.noun === 'report' ? 'opens_report' : 'opens'), checked: opens, run: () => choose.mutate({ pinned, opens: !opens }) },
          { label: t('rename'), why: may('update'), run: () => setEditing(true) },
          { label: t('crm:delete'), danger: true, why: may('delete'), run: () => remove.mutate() },
        ]}
      />
      {editing && <ViewDialog list={list} view={view} onClose={() => setEditing(false)} />}
    </>
  )
}
