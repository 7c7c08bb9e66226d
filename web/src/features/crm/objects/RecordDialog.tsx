/** Makes a record of a custom object, or changes one. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useMe } from '@/api/me'
import { queryClient, refresh } from '@/api/query'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { required } from '@/lib/schema'
import { FormDialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { CustomInputs, useCustomPaths } from '../custom/CustomInputs'
import { changedValues } from '../custom/values'
import { OwnerField } from '../OwnerField'
import { createRecord, recordQuery, saveRecord, type OwnObject, type OwnRecord } from './api'
import { FieldOf, FieldsOf } from '../rights/FieldsOf'
import { useOpen } from '../rights/rights'

const schema = z.object({ name: required(200), owner_id: z.string().nullable(), custom: z.record(z.string(), z.unknown()) })
type Form = z.infer<typeof schema>

type Props = { object: OwnObject; record?: OwnRecord; onClose: () => void; onSaved?: (record: OwnRecord) => void }

export function RecordDialog({ object, record, onClose, onSaved }: Props) {
  const { t } = useTranslation(['objects', 'crm'])
  const say = useFieldMessage()
  const open = useOpen(object.id, !record)
  const me = useMe()
  const [general, setGeneral] = useState<unknown>(null)
  const form = useForm<Form>({
    resolver: zodResolver(schema),
    defaultValues: { name: record?.name ?? '', owner_id: record ? (record.owner?.id ?? null) : me.member.id, custom: record?.custom ?? {} },
  })
  const { errors } = form.formState
  const customPaths = useCustomPaths(object.id)
  const save = useMutation({
    mutationFn: (input: Form) => {
      const body = { ...input, custom: changedValues(record?.custom ?? {}, input.custom) }
      return record ? saveRecord(record, open(body)) : createRecord(object.id, open(body))
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(recordQuery(saved.id).queryKey, saved)
      void refresh('custom_record', 'timeline')
      onClose()
      onSaved?.(saved)
    },
    onError: (error) => setGeneral(showFieldErrors(error, form.setError, [...Object.keys(schema.shape), ...customPaths])),
  })
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t(record ? 'record_edit' : 'record_new', { name: object.singular })}
      submit={record ? t('ui:dialog.save') : t('record_create')}
      busy={save.isPending}
      error={general}
      onSubmit={form.handleSubmit((input) => save.mutate(input))}
    >
      <FieldsOf object={object.id} isNew={!record}>
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldOf field="name">
            <TextField label={t('crm:field.name')} autoFocus autoComplete="off" dir="auto" error={say(errors.name)} {...form.register('name')} />
          </FieldOf>
          <FieldOf field="owner">
            <Controller control={form.control} name="owner_id" render={({ field }) => <OwnerField value={field.value} onChange={field.onChange} />} />
          </FieldOf>
        </div>
        <Controller
          control={form.control}
          name="custom"
          render={({ field }) => <CustomInputs object={object.id} value={field.value} onChange={field.onChange} errors={errors.custom} names={record?.custom_names} />}
        />
      </FieldsOf>
    </FormDialog>
  )
}
