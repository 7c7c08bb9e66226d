/** The page in which a quote or an invoice is written: head, lines, figures, words at the end. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useBlocker } from '@tanstack/react-router'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Controller, FormProvider, useForm, useFormContext, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useSeesAmounts } from '@/api/me'
import { explain, toProblem } from '@/lib/problem'
import { useFieldMessage } from '@/lib/fieldMessage'
import { useShortcut } from '@/lib/shortcuts'
import { AmountsHidden } from '@/ui/Amount'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Kbd } from '@/ui/Kbd'
import { Notice } from '@/ui/Notice'
import { PageHeader } from '@/ui/PageHeader'
import { Tooltip } from '@/ui/Tooltip'
import { TextArea } from '@/ui/TextField'
import { Calculation, HowComputed } from './Calculation'
import { DiscountField } from './DiscountField'
import { schemaOf, showDocumentErrors, type DocumentForm, type Kind, type NoteKind } from './form'
import { HeadFields } from './HeadFields'
import { LeaveDialog } from './LeaveDialog'
import { LinesEditor } from './LinesEditor'
import { StaleDialog } from './StaleDialog'
import { LiveTotals } from './Totals'
import { useCalculation, type Computed } from './useCalculation'

type Props = {
  kind: Kind
  title: string
  back: ReactNode
  notice?: ReactNode
  defaults: DocumentForm
  withDeal: boolean
  note?: NoteKind | undefined
  /** Saves; `force` saves over a newer version. */
  save: (form: DocumentForm, force: boolean) => Promise<void>
  /** Drops what was written here and shows what is saved. */
  onTheirs: () => void
  onCancel: () => void
}

/** A document is made of amounts: to who does not see them nothing is opened that would be saved without them. */
export function DocumentEditor(props: Props) {
  return useSeesAmounts() ? <Editor {...props} /> : <Closed {...props} />
}

function Closed({ title, back }: Props) {
  return (
    <>
      <PageHeader title={title} above={<div className={BACK}>{back}</div>} />
      <div className="px-6 py-5 max-md:px-4">
        <AmountsHidden />
      </div>
    </>
  )
}

const BACK = 'mb-1 flex items-center text-sm text-soft [&_a]:-ml-1 [&_a]:inline-flex [&_a]:items-center [&_a]:gap-0.5 [&_a]:rounded-sm [&_a]:pr-1 hover:[&_a]:text-ink'

function Editor({ kind, title, back, notice, defaults, withDeal, note, save, onTheirs, onCancel }: Props) {
  const { t } = useTranslation('sales')
  const form = useForm<DocumentForm>({ resolver: zodResolver(schemaOf(kind)), defaultValues: defaults })
  const [general, setGeneral] = useState<unknown>(null)
  const [stale, setStale] = useState(false)
  const saved = useRef(false)
  const computed = useCalculation(form.control)
  const { isDirty } = form.formState
  const leave = useBlocker({ shouldBlockFn: () => isDirty && !saved.current, enableBeforeUnload: () => isDirty && !saved.current, withResolver: true })
  const write = useMutation({
    mutationFn: ({ input, force }: { input: DocumentForm; force: boolean }) => {
      setGeneral(null)
      return save(input, force)
    },
    onMutate: () => {
      // Saving leads to the record: that is no reason to ask about unsaved changes.
      saved.current = true
    },
    onError: (error, { input }) => {
      saved.current = false
      if (toProblem(error).status === 412) return setStale(true)
      setGeneral(showDocumentErrors(error, input, form.setError))
    },
  })
  const submit = (force: boolean) => form.handleSubmit((input) => write.mutate({ input, force }))()
  useShortcut({ keys: 'mod+s', label: t('editor.save'), group: t('editor.shortcuts') }, () => void submit(false), !write.isPending)
  const first = useRef<HTMLDivElement>(null)
  useEffect(() => first.current?.querySelector<HTMLElement>('input, button')?.focus({ preventScroll: true }), [])
  return (
    <FormProvider {...form}>
      <form
        noValidate
        className="flex h-full flex-col overflow-y-auto"
        onSubmit={(event) => {
          event.preventDefault()
          void submit(false)
        }}
      >
        <div className="sticky top-0 z-20 border-b border-line bg-bg">
          <PageHeader
            title={title}
            above={<div className={BACK}>{back}</div>}
            actions={
              <>
                <Button kind="quiet" onClick={onCancel}>
                  {t('ui:dialog.cancel')}
                </Button>
                <Tooltip text={<Kbd keys="mod+s" />}>
                  <Button type="submit" kind="primary" busy={write.isPending}>
                    {t('editor.save_draft')}
                  </Button>
                </Tooltip>
              </>
            }
          />
        </div>
        <div className="flex flex-col gap-6 px-6 py-5 max-md:px-4">
          {notice}
          {!!general && <Notice tone="danger">{explain(general)}</Notice>}
          <div ref={first}>
            <HeadFields kind={kind} withDeal={withDeal} note={note} />
          </div>
          <section aria-labelledby="document-lines">
            <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
              <h2 id="document-lines" className="flex-1 text-lg">
                {t('line.title')}
              </h2>
              <IncludesTax />
            </div>
            <LinesEditor computed={computed} />
          </section>
          <Sums computed={computed} />
          <Words kind={kind} />
        </div>
      </form>
      <StaleDialog
        open={stale}
        busy={write.isPending}
        onClose={() => setStale(false)}
        onTheirs={() => {
          saved.current = true
          onTheirs()
        }}
        onMine={() => {
          setStale(false)
          void submit(true)
        }}
      />
      <LeaveDialog open={leave.status === 'blocked'} onStay={() => leave.reset?.()} onLeave={() => leave.proceed?.()} />
    </FormProvider>
  )
}

function IncludesTax() {
  const { t } = useTranslation('sales')
  const { control } = useFormContext<DocumentForm>()
  return (
    <Controller
      control={control}
      name="prices_include_tax"
      render={({ field }) => <Checkbox checked={field.value} onChange={field.onChange} label={t('field.prices_include_tax')} />}
    />
  )
}

function Sums({ computed }: { computed: Computed }) {
  const { t } = useTranslation('sales')
  const { control, formState, setValue } = useFormContext<DocumentForm>()
  const say = useFieldMessage()
  const [kind, currency] = useWatch<DocumentForm, ['allowance_kind', 'currency']>({ name: ['allowance_kind', 'currency'] })
  return (
    <section aria-label={t('figure.title')} className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_28rem]">
      <div className="min-w-0">
        {computed.calculation && (
          <HowComputed>
            <Calculation steps={computed.calculation.steps} />
          </HowComputed>
        )}
      </div>
      <div className="panel p-5 max-md:p-4">
        <Controller
          control={control}
          name="allowance"
          render={({ field }) => (
            <div className="mb-4">
              <DiscountField
                label={t('field.allowance')}
                optional
                kind={kind}
                currency={currency}
                value={field.value}
                onChange={field.onChange}
                onKind={(next) => setValue('allowance_kind', next, { shouldDirty: true })}
                error={say(formState.errors.allowance)}
              />
            </div>
          )}
        />
        <LiveTotals computed={computed} />
      </div>
    </section>
  )
}

function Words({ kind }: { kind: Kind }) {
  const { t } = useTranslation('sales')
  const { register, formState } = useFormContext<DocumentForm>()
  const say = useFieldMessage()
  return (
    <div className="grid gap-4 pb-10 md:grid-cols-2">
      <TextArea label={t('field.notes')} optional rows={4} hint={t('field.notes_hint')} error={say(formState.errors.notes)} {...register('notes')} />
      {kind === 'quote' && <TextArea label={t('field.terms')} optional rows={4} hint={t('field.terms_hint')} error={say(formState.errors.terms)} {...register('terms')} />}
    </div>
  )
}
