/** Logs a call, plans a meeting, makes a task; and changes one. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { showFieldErrors } from '@/lib/formErrors'
import { FormDialog } from '@/ui/Dialog'
import { toast } from '@/ui/Toast'
import { ActivityFields } from './ActivityFields'
import { createActivity, deleteActivity, refreshActivities, saveActivity, useZone, type Activity, type ActivityKind } from './api'
import { bodyOf, FIELDS, schema, valuesOf, type Values } from './form'

type Props = { kind: ActivityKind; open: boolean; onClose: () => void; activity?: Activity; /** The record a new one is about. */ about?: string }

export function ActivityDialog(props: Props) {
  return props.open ? <Form {...props} /> : null
}

function Form({ kind, activity, about, onClose }: Props) {
  const { t } = useTranslation('crm')
  const zone = useZone()
  const me = useMe().member?.id ?? null
  const [general, setGeneral] = useState<unknown>(null)
  const form = useForm<Values>({ resolver: zodResolver(schema), defaultValues: valuesOf(activity, me, zone) })
  const save = useMutation({
    mutationFn: (values: Values) => {
      const body = bodyOf(kind, values, zone)
      return activity ? saveActivity(activity, body) : createActivity({ kind, about: about ? [about] : [], ...body })
    },
    onSuccess: (saved) => {
      if (!activity) toast({ text: t(`activity.saved.${kind}`), undo: () => void deleteActivity(saved.id).then(refreshActivities) })
      onClose()
      void refreshActivities()
    },
    onError: (error) => setGeneral(showFieldErrors(error, form.setError, FIELDS)),
  })
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t(activity ? `activity.edit.${kind}` : `activity.new.${kind}`)}
      submit={t('ui:dialog.save')}
      busy={save.isPending}
      error={general}
      onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)}
    >
      <ActivityFields kind={kind} form={form} zone={zone} />
    </FormDialog>
  )
}
