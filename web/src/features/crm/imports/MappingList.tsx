/** Every saved mapping: renamed and deleted here, used where a file is read. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Bookmark, Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { number } from '@/lib/format'
import { toProblem } from '@/lib/problem'
import { FormDialog } from '@/ui/Dialog'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { Row, Rows } from '@/ui/Section'
import { TextField } from '@/ui/TextField'
import { toast, toastError } from '@/ui/Toast'
import { changeMapping, deleteMapping, mappingsQuery, refreshMappings, restoreMapping, type SavedMapping } from './mappingApi'
import { useNounName } from './nouns'

export function MappingList() {
  const { t } = useTranslation('crm')
  const mappings = useQuery(mappingsQuery())
  const nameOf = useNounName()
  const [renaming, setRenaming] = useState<SavedMapping | null>(null)
  const remove = useMutation({
    mutationFn: (mapping: SavedMapping) => deleteMapping(mapping.id),
    onSuccess: (_, mapping) => {
      toast({ text: t('deleted', { name: mapping.name }), undo: () => void restoreMapping(mapping.id).then(refreshMappings, toastError) })
      void refreshMappings()
    },
    onError: toastError,
  })
  const all = mappings.data?.items ?? []
  if (all.length === 0) return null
  const fed = (mapping: SavedMapping) => mapping.columns.filter((column) => column.target).length
  return (
    <section>
      <h2 className="mb-2 text-lg">{t('mapping.title')}</h2>
      <Rows>
        {all.map((mapping) => (
          <Row
            key={mapping.id}
            picture={<Bookmark aria-hidden className="size-5 shrink-0 text-faint" />}
            title={mapping.name}
            about={[nameOf(mapping.noun), t('mapping.columns', { count: fed(mapping), shown: number(fed(mapping)) })].join(' · ')}
            aside={<span>{t(`import.duplicates_${mapping.options.duplicates}`)}</span>}
            actions={
              <Menu
                trigger={<IconButton size="sm" bare label={t('mapping.more', { name: mapping.name })} icon={<Ellipsis className="size-4" />} />}
                items={[
                  { label: t('mapping.rename'), run: () => setRenaming(mapping) },
                  { label: t('delete'), danger: true, run: () => remove.mutate(mapping) },
                ]}
              />
            }
          />
        ))}
      </Rows>
      {renaming && <Rename mapping={renaming} onClose={() => setRenaming(null)} />}
    </section>
  )
}

function Rename({ mapping, onClose }: { mapping: SavedMapping; onClose: () => void }) {
  const { t } = useTranslation('crm')
  const [name, setName] = useState(mapping.name)
  const save = useMutation({
    mutationFn: () => changeMapping(mapping, { name }),
    onSuccess: () => {
      void refreshMappings()
      onClose()
    },
  })
  const refused = save.error ? toProblem(save.error).fields.find((field) => field.field === 'name')?.message : undefined
  return (
    <FormDialog
      open
      size="sm"
      onClose={onClose}
      title={t('mapping.rename')}
      submit={t('ui:dialog.save')}
      busy={save.isPending}
      error={refused ? null : save.error}
      why={name.trim() ? undefined : t('mapping.needs_name')}
      onSubmit={() => save.mutate()}
    >
      <TextField label={t('mapping.name')} autoFocus value={name} error={refused} onChange={(event) => setName(event.target.value)} />
    </FormDialog>
  )
}
