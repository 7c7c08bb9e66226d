/** Merges two records: which one is kept, which value of each field, what moves. Nothing is chosen of lists and flags. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { money, number, type Money } from '@/lib/format'
import { FormDialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Segmented } from '@/ui/Segmented'
import { Skeleton } from '@/ui/Skeleton'
import type { Ref } from '../api'
import { previewQuery, type FieldPreview, type Merge } from './api'
import { useMerge } from './useMerge'

type Props = { records: [Ref, Ref]; onClose: () => void; onMerged?: (merge: Merge) => void }

/** A value as text; lists by commas, amounts as money or as hidden. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value !== 'object') return String(value)
  return 'currency' in value ? money(value as Money) : JSON.stringify(value)
}

export function MergeDialog({ records, onClose, onMerged }: Props) {
  const { t } = useTranslation('duplicates')
  const [kept, setKept] = useState(records[0].id)
  const [take, setTake] = useState<string[]>([])
  const [survivor, loser] = kept === records[0].id ? records : [records[1], records[0]]
  const preview = useQuery(previewQuery(survivor.id, loser.id, take))
  const data = preview.data
  const merging = useMerge((done) => {
    onClose()
    onMerged?.(done)
  })
  const submit = () => {
    if (!data) return
    const { survivor_version, loser_version } = data
    merging.mutate({ survivor: survivor.id, survivor_version, loser: loser.id, loser_version, take })
  }
  const fields = (data?.fields ?? []) as FieldPreview[]
  return (
    <FormDialog
      open
      onClose={onClose}
      size="lg"
      title={t('merge.title')}
      about={t('merge.about')}
      submit={t('merge.do')}
      busy={merging.isPending}
      error={merging.error}
      why={data ? undefined : t('merge.loading')}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="space-y-1.5">
        <p id="merge-keep" className="text-sm text-soft">{t('merge.keep')}</p>
        <Segmented
          label={t('merge.keep')}
          value={kept}
          onChange={(id) => {
            setKept(id)
            setTake([])
          }}
          options={records.map((record, index) => ({ value: record.id, label: `${index + 1}. ${record.name}` }))}
        />
      </div>
      {preview.isPending && <Skeleton className="h-48" />}
      {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {data && (
        <>
          {fields.length === 0 && <p className="text-soft">{t('merge.no_fields')}</p>}
          {fields.map((field) => (
            <Field
              key={field.field}
              field={field}
              taken={take.includes(field.field)}
              onTake={(on) => setTake((before) => (on ? [...before, field.field] : before.filter((name) => name !== field.field)))}
            />
          ))}
          <section aria-labelledby="merge-moves">
            <h3 id="merge-moves" className="text-base font-medium">{t('merge.moves')}</h3>
            {data.moves.length === 0 ? (
              <p className="text-soft">{t('merge.moves_nothing')}</p>
            ) : (
              <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
                {data.moves.map((move) => (
                  <li key={move.noun}>
                    {t(`moved.${move.noun}`)}: <span className="tabular">{number(move.count)}</span>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <p className="text-sm text-soft">{t('merge.consequence', { name: loser.name })}</p>
        </>
      )}
    </FormDialog>
  )
}

function Field({ field, taken, onTake }: { field: FieldPreview; taken: boolean; onTake: (on: boolean) => void }) {
  const { t } = useTranslation('duplicates')
  const label = field.label ?? t(`field.${field.field}`, { defaultValue: field.field })
  if (!field.choosable) {
    return (
      <div className="border-t border-line pt-3">
        <div className="text-sm text-soft">{label}</div>
        <div className="wrap-anywhere">{shown(field.result)}</div>
        <div className="text-sm text-faint">{t('merge.joined')}</div>
      </div>
    )
  }
  // Where the one that is kept says nothing, the other's value fills it.
  const other = taken || shown(field.survivor) === ''
  return (
    <fieldset className="border-t border-line pt-3">
      <legend className="float-left mb-1 w-full text-sm text-soft">{label}</legend>
      <div className="clear-both grid gap-2 sm:grid-cols-2">
        {[
          { value: shown(field.survivor), on: !other, set: false },
          { value: shown(field.loser), on: other, set: true },
        ].map((side) => (
          <label key={String(side.set)} className="flex min-h-11 cursor-pointer items-start gap-2 rounded-md border border-line px-3 py-2 has-checked:border-accent has-checked:bg-accent-wash has-disabled:cursor-not-allowed">
            <input type="radio" className="mt-1 accent-accent" name={`take-${field.field}`} checked={side.on} disabled={!side.set && side.value === ''} onChange={() => onTake(side.set)} />
            <span className="min-w-0 wrap-anywhere whitespace-pre-wrap">{side.value || <span className="text-faint">{t('merge.empty')}</span>}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
