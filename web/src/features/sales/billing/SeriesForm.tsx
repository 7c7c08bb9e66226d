/** How quotes or invoices are numbered. What has a number keeps it. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { refresh } from '@/api/query'
import { useFieldMessage } from '@/lib/fieldMessage'
import { showFieldErrors } from '@/lib/formErrors'
import { explain } from '@/lib/problem'
import { required } from '@/lib/schema'
import { Button } from '@/ui/Button'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { saveSeries, type Series } from './api'

const RESETS = ['year', 'month', 'never'] as const
const schema = z.object({ code: required(10), pattern: required(30), reset: z.enum(RESETS) })
type Form = z.infer<typeof schema>

const formOf = (series: Series): Form => ({ code: series.code, pattern: series.pattern, reset: RESETS.find((one) => one === series.reset) ?? 'year' })

export function SeriesForm({ series }: { series: Series }) {
  const { t } = useTranslation('sales')
  const say = useFieldMessage()
  const may = series.actions.includes('update')
  const values = formOf(series)
  const form = useForm<Form>({ resolver: zodResolver(schema), values, resetOptions: { keepDirtyValues: true }, disabled: !may })
  const { errors, isDirty } = form.formState
  const [general, setGeneral] = useState<unknown>(null)
  const save = useMutation({
    mutationFn: (input: Form) => saveSeries(series, input),
    onMutate: () => setGeneral(null),
    onSuccess: async (saved) => {
      form.reset(formOf(saved))
      await refresh('number_series')
      toast({ text: t('series.saved', { number: saved.next_number }) })
    },
    onError: (error) => setGeneral(showFieldErrors(error, form.setError, Object.keys(schema.shape))),
  })
  return (
    <form noValidate aria-label={t(`series.kind.${series.kind}`)} className="flex flex-col gap-4" onSubmit={form.handleSubmit((input) => save.mutate(input))}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="text-base">{t(`series.kind.${series.kind}`)}</h3>
        <span className="text-sm text-soft">
          {t('series.next')} <span className="tabular font-medium text-ink">{series.next_number}</span>
        </span>
      </div>
      <div className="grid gap-4 sm:grid-cols-[7rem_minmax(0,1fr)_11rem]">
        <TextField label={t('series.code')} autoComplete="off" maxLength={10} error={say(errors.code)} {...form.register('code')} />
        <TextField label={t('series.pattern')} autoComplete="off" maxLength={30} spellCheck={false} inputClassName="font-mono text-sm" error={say(errors.pattern)} {...form.register('pattern')} />
        <Select label={t('series.reset')} options={RESETS.map((value) => ({ value, label: t(`series.resets.${value}`) }))} error={say(errors.reset)} {...form.register('reset')} />
      </div>
      <p className="text-sm text-faint">{t('series.hint', { series: '{series}', year: '{yyyy}', month: '{mm}', count: '{n:5}' })}</p>
      {!!general && <Notice tone="danger">{explain(general)}</Notice>}
      <Button type="submit" className="self-start" busy={save.isPending} why={!may ? t('not_allowed') : isDirty ? undefined : t('nothing_changed')}>
        {t('ui:dialog.save')}
      </Button>
    </form>
  )
}
