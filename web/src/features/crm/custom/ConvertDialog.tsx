/** Changes the kind of a field: says first how many values would be none of the new kind. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDebounced } from '@/lib/debounce'
import { toProblem } from '@/lib/problem'
import { FormDialog } from '@/ui/Dialog'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { convertCustomField, type CustomField, KINDS, OBJECTS, previewConversion, refreshCustomFields } from './api'
import { type ChoiceDraft, ChoicesField } from './ChoicesField'

export function ConvertDialog({ field, onClose }: { field: CustomField; onClose: () => void }) {
  const { t } = useTranslation('crm')
  const others = KINDS.filter((kind) => kind !== field.kind)
  const [kind, setKind] = useState(others[0] ?? 'text')
  const [target, setTarget] = useState<(typeof OBJECTS)[number]>('company')
  const [choices, setChoices] = useState<ChoiceDraft[]>([{ at: 0, id: null, label: '' }])
  const asksChoices = (kind === 'choice' || kind === 'multi_choice') && field.choices.length === 0
  const labels = choices.map((choice) => choice.label.trim()).filter(Boolean)
  const wanted = useDebounced(JSON.stringify({ kind, choices: asksChoices ? labels : [], ...(kind === 'relation' ? { target } : {}) }), 400)
  const body = JSON.parse(wanted) as Parameters<typeof previewConversion>[1]
  const ready = !asksChoices || labels.length > 0
  const preview = useQuery({ queryKey: ['custom_field', 'preview', field.id, wanted], queryFn: () => previewConversion(field.id, body), enabled: ready, retry: false })
  const convert = useMutation({
    mutationFn: () => convertCustomField(field.id, body),
    onSuccess: () => {
      onClose()
      void refreshCustomFields()
    },
  })
  const refused = toProblem(preview.error).fields.find((one) => one.field.startsWith('choices'))?.message
  const failing = preview.data?.failing ?? 0
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('custom.convert_title', { name: field.label })}
      about={t('custom.convert_about')}
      submit={t('custom.convert')}
      busy={convert.isPending}
      error={convert.error}
      why={preview.data && failing === 0 ? undefined : t('custom.convert_why')}
      onSubmit={() => convert.mutate()}
    >
      <Select
        label={t('custom.kind_label')}
        value={kind}
        options={others.map((one) => ({ value: one, label: t(`custom.kind.${one}`) }))}
        onChange={(event) => setKind(others.find((one) => one === event.target.value) ?? kind)}
      />
      {kind === 'relation' && (
        <Select
          label={t('custom.target')}
          value={target}
          options={OBJECTS.map((one) => ({ value: one, label: t(`custom.one.${one}`) }))}
          onChange={(event) => setTarget(OBJECTS.find((one) => one === event.target.value) ?? 'company')}
        />
      )}
      {asksChoices && <ChoicesField value={choices} onChange={setChoices} error={refused} errorOf={() => undefined} />}
      <div aria-live="polite">
        {preview.data && failing === 0 && <Notice tone="good">{t('custom.all_convert', { count: preview.data.values })}</Notice>}
        {failing > 0 && <Notice tone="danger">{t('custom.some_fail', { count: failing })}</Notice>}
      </div>
    </FormDialog>
  )
}
