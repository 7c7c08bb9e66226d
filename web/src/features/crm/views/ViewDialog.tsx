/** Keeps what is shown as a view, or renames and shares one. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { queryClient } from '@/api/query'
import { toProblem } from '@/lib/problem'
import { FormDialog } from '@/ui/Dialog'
import { Switch } from '@/ui/Switch'
import { TextField } from '@/ui/TextField'
import { chooseView, createView, refreshViews, saveView, viewsQuery, type SavedView } from './api'
import type { ViewState } from './useListView'

export function ViewDialog({ list, view, onClose }: { list: ViewState; view?: SavedView; onClose: () => void }) {
  const { t } = useTranslation('views')
  const mayShare = useCan('view.share')
  const [name, setName] = useState(view?.name ?? '')
  const [shared, setShared] = useState(view?.shared ?? false)
  const save = useMutation({
    mutationFn: async () => {
      if (view) return saveView(view, { name: name.trim(), ...(shared === view.shared ? {} : { shared }) })
      const made = await createView(list.noun, { name: name.trim(), shared, ...list.kept })
      // What one has just made is wanted at hand.
      await chooseView(made.id, { pinned: true, opens: false })
      return { ...made, pinned: true }
    },
    onSuccess: async (saved) => {
      queryClient.setQueryData(viewsQuery(list.noun).queryKey, (before: SavedView[] | undefined) => [...(before ?? []).filter((one) => one.id !== saved.id), saved])
      onClose()
      if (!view) list.open(saved)
      await refreshViews()
    },
  })
  const refused = save.error ? toProblem(save.error).fields : []
  return (
    <FormDialog
      open
      onClose={onClose}
      size="sm"
      title={view ? t('rename') : t('save_as')}
      submit={t('ui:dialog.save')}
      busy={save.isPending}
      error={refused.length > 0 ? null : save.error}
      why={name.trim() ? undefined : t('name_first')}
      onSubmit={() => save.mutate()}
    >
      <TextField label={t('name')} autoFocus maxLength={80} dir="auto" value={name} error={refused.find((one) => one.field === 'name')?.message} onChange={(event) => setName(event.target.value)} />
      <Switch label={t('shared')} hint={mayShare ? t('shared_hint') : t('shared_not')} disabled={!mayShare} checked={shared} onChange={setShared} />
    </FormDialog>
  )
}
