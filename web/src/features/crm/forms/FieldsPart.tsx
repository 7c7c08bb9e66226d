/** The fields of a form: put in order, named, demanded, added, taken out. */
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Select } from '@/ui/Select'
import { FILE_KINDS, isQuestion, KINDS, type FieldKind, type WebFormField } from './api'
import { keyFor, moved } from './draft'
import { FieldCard } from './FieldCard'

type Props = { fields: WebFormField[]; onChange: (fields: WebFormField[]) => void; refused: (field: string) => string | undefined; language: string }

export function FieldsPart({ fields, onChange, refused, language }: Props) {
  const { t, i18n } = useTranslation('forms')
  const [said, setSaid] = useState('')
  const free = KINDS.filter((kind) => isQuestion(kind) || !fields.some((field) => field.kind === kind))
  const [chosen, setChosen] = useState<FieldKind>('text')
  const kind = free.includes(chosen) ? chosen : 'text'
  const add = async () => {
    await i18n.loadLanguages(language)
    const label = isQuestion(kind) ? '' : i18n.getFixedT(language, 'forms')(`kind.${kind}`)
    onChange([...fields, { kind, key: keyFor(kind, fields), label, hint: null, required: false, choices: kind === 'choice' ? [''] : [], files: kind === 'file' ? { count: 5, megabytes: 10, kinds: [...FILE_KINDS] } : null }])
  }
  const move = (from: number, to: number) => {
    onChange(moved(fields, from, to))
    setSaid(t('moved', { name: fields[from]?.label ?? '', place: to + 1, count: fields.length }))
  }
  return (
    <section className="panel p-5" aria-labelledby="form-fields">
      <h2 id="form-fields" className="mb-3 text-lg">
        {t('fields')}
      </h2>
      <ol className="flex flex-col gap-3">
        {fields.map((field, at) => (
          <FieldCard
            key={field.key}
            field={field}
            at={at}
            last={at === fields.length - 1}
            refused={(part) => refused(`fields.${at}.${part}`)}
            onChange={(next) => onChange(fields.map((one, n) => (n === at ? next : one)))}
            onMove={(to) => move(at, to)}
            onRemove={() => onChange(fields.filter((_, n) => n !== at))}
          />
        ))}
      </ol>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <div className="mt-4 flex flex-wrap items-end gap-2">
        <Select
          className="min-w-48"
          label={t('add_what')}
          value={kind}
          onChange={(event) => {
            const next = KINDS.find((one) => one === event.target.value)
            if (next) setChosen(next)
          }}
          options={free.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <Button icon={<Plus className="size-4" />} disabled={fields.length >= 30} onClick={() => void add()}>
          {t('add')}
        </Button>
      </div>
    </section>
  )
}
