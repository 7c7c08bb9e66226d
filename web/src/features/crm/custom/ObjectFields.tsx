/** The fields of one object in their order, archived ones behind them. */
import { useMutation } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { toastError } from '@/ui/Toast'
import { type CustomField, type CustomObject, orderCustomFields, refreshCustomFields } from './api'
import { FieldDialog } from './FieldDialog'
import { FieldRow } from './FieldRow'

type Props = { object: CustomObject; /** What its fields are called together, and a new one. */ title: string; newTitle: string; fields: CustomField[]; may: boolean }

/** The most an object may have. */
const MOST = 100

export function ObjectFields({ object, title, newTitle, fields, may }: Props) {
  const { t } = useTranslation('crm')
  const [making, setMaking] = useState(false)
  const live = fields.filter((field) => !field.archived_at)
  const archived = fields.filter((field) => field.archived_at)
  const order = useMutation({ mutationFn: (ids: string[]) => orderCustomFields(object, ids), onSuccess: refreshCustomFields, onError: toastError })
  const move = (from: number, to: number) => {
    const next = live.map((field) => field.id)
    next.splice(to, 0, ...next.splice(from, 1))
    order.mutate(next)
  }
  const why = !may ? t('not_allowed') : fields.length >= MOST ? t('custom.full', { count: MOST }) : undefined
  return (
    <Section
      bare
      title={title}
      action={
        <Button size="sm" icon={<Plus className="size-3.5" />} why={why} onClick={() => setMaking(true)}>
          {t('custom.new')}
        </Button>
      }
    >
      {fields.length === 0 ? (
        <p className="panel p-5 text-base text-soft">{t('custom.none')}</p>
      ) : (
        <ol className="panel divide-y divide-line" aria-label={title}>
          {live.map((field, index) => (
            <FieldRow
              key={field.id}
              field={field}
              busy={order.isPending}
              onUp={index > 0 ? () => move(index, index - 1) : undefined}
              onDown={index < live.length - 1 ? () => move(index, index + 1) : undefined}
            />
          ))}
          {archived.map((field) => (
            <FieldRow key={field.id} field={field} busy={false} />
          ))}
        </ol>
      )}
      {making && <FieldDialog object={object} title={newTitle} onClose={() => setMaking(false)} />}
    </Section>
  )
}
