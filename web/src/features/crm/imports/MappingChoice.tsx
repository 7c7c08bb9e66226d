/** Saved mappings for the file at hand: those that fit are offered, the best first; any other can be chosen; how the file is
 * read now can be saved under a name. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Bookmark, Check } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { number } from '@/lib/format'
import { Button } from '@/ui/Button'
import { FormDialog } from '@/ui/Dialog'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { toProblem } from '@/lib/problem'
import type { Import } from './api'
import { changeMapping, createMapping, mappingsQuery, refreshMappings, type SavedMapping } from './mappingApi'

/** Offered as buttons; the others are in the list. */
const SHOWN = 3

export function MappingChoice({ one, busy, onApply }: { one: Import; busy: boolean; onApply: (id: string) => void }) {
  const { t } = useTranslation('crm')
  const [saving, setSaving] = useState(false)
  const mappings = useQuery(mappingsQuery(one.id, one.version))
  const all = mappings.data?.items ?? []
  const offered = all.filter((mapping) => mapping.offered).slice(0, SHOWN)
  const others = all.filter((mapping) => !offered.includes(mapping))
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      {offered.map((mapping) => (
        <Button key={mapping.id} className="max-w-full" icon={<Check className="size-4 shrink-0" />} disabled={busy} onClick={() => onApply(mapping.id)}>
          <span className="truncate">{t('mapping.use', { name: mapping.name, fit: number(mapping.fit ?? 0) })}</span>
        </Button>
      ))}
      {others.length > 0 && (
        <Select
          label={t('mapping.choose')}
          labelHidden
          className="w-56"
          disabled={busy}
          value=""
          onChange={(event) => event.target.value && onApply(event.target.value)}
          options={[{ value: '', label: t('mapping.choose') }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      <Button kind="quiet" icon={<Bookmark className="size-4" />} disabled={busy || one.columns.length === 0} onClick={() => setSaving(true)}>
        {t('mapping.save')}
      </Button>
      {saving && <SaveMapping one={one} all={all} onClose={() => setSaving(false)} />}
    </div>
  )
}

function SaveMapping({ one, all, onClose }: { one: Import; all: SavedMapping[]; onClose: () => void }) {
  const { t } = useTranslation('crm')
  const [name, setName] = useState('')
  const [into, setInto] = useState('')
  const save = useMutation({
    mutationFn: () => {
      const held = all.find((mapping) => mapping.id === into)
      return held ? changeMapping(held, { import_id: one.id }) : createMapping(one.id, name)
    },
    onSuccess: (saved) => {
      toast({ text: t('mapping.saved', { name: saved.name }) })
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
      title={t('mapping.save')}
      about={t('mapping.save_about')}
      submit={t('ui:dialog.save')}
      busy={save.isPending}
      error={refused ? null : save.error}
      why={into || name.trim() ? undefined : t('mapping.needs_name')}
      onSubmit={() => save.mutate()}
    >
      {all.length > 0 && (
        <Select
          label={t('mapping.into')}
          value={into}
          onChange={(event) => setInto(event.target.value)}
          options={[{ value: '', label: t('mapping.new') }, ...all.map((mapping) => ({ value: mapping.id, label: mapping.name }))]}
        />
      )}
      {!into && <TextField label={t('mapping.name')} autoFocus value={name} error={refused} onChange={(event) => setName(event.target.value)} />}
    </FormDialog>
  )
}
