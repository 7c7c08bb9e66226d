/**
 * Writing the lines of a deal. Enter adds a line below, Alt with the arrows moves one, Ctrl or Command with Enter saves;
 * what was saved can be taken back.
 */
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { Controller, FormProvider, useFieldArray, useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/query'
import { cx } from '@/lib/cx'
import { money } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { FormDialog } from '@/ui/Dialog'
import { Kbd } from '@/ui/Kbd'
import { toast, toastError } from '@/ui/Toast'
import { linesQuery, refreshOffer, saveLines, writeAmount, type DealLines } from './api'
import { DealLineCard, type LineActs } from './DealLineCard'
import { blankLine, offerForm, offerInput, schema, showOfferErrors, type OfferForm } from './form'
import { useOfferTotals } from './useOfferTotals'

/** The most lines a deal may have. */
const MOST = 500

export function DealLinesDialog({ offer, onClose }: { offer: DealLines; onClose: () => void }) {
  const { t } = useTranslation('sales')
  // What the form was filled from: live news must not change what somebody is typing over.
  const [from] = useState(offer)
  const [general, setGeneral] = useState<unknown>(null)
  const form = useForm<OfferForm>({ resolver: zodResolver(schema), defaultValues: offerForm(from) })
  const { control, getValues, setFocus } = form
  const { fields, insert, remove, move } = useFieldArray({ control, name: 'lines' })
  const { totals, settling } = useOfferTotals(control, from.currency)
  const full = fields.length >= MOST ? t('line.most', { count: MOST }) : undefined
  const keep = (saved: DealLines) => {
    queryClient.setQueryData(linesQuery(from.deal_id).queryKey, saved)
    void refreshOffer()
  }
  const takeBack = async (saved: DealLines) => {
    const back = await saveLines(from.deal_id, saved.version, { lines: from.lines, amount_from_lines: from.amount_from_lines })
    // Let go, the deal keeps the sum: what was written by hand before has to be written again.
    if (!from.amount_from_lines && back.amount.amount !== from.amount.amount) await writeAmount(from.deal_id, from.amount)
    keep(back)
  }
  const undo = (saved: DealLines) => void takeBack(saved).catch(toastError)
  const save = useMutation({
    mutationFn: (input: OfferForm) => saveLines(from.deal_id, from.version, offerInput(input)),
    onSuccess: (saved) => {
      keep(saved)
      toast({ text: t('offer.saved'), undo: () => undo(saved) })
      onClose()
    },
    onError: (error) => setGeneral(showOfferErrors(error, getValues(), form.setError)),
  })
  const submit = form.handleSubmit((input) => save.mutate(input))
  const acts: LineActs = {
    add: (after) => {
      if (!full) insert(after + 1, blankLine(), { focusName: `lines.${after + 1}.name` })
    },
    move: (at, to) => {
      if (to < 0 || to >= fields.length) return
      move(at, to)
      requestAnimationFrame(() => setFocus(`lines.${to}.name`))
    },
    remove: (index) => {
      remove(index)
      requestAnimationFrame(() => fields.length > 1 && setFocus(`lines.${Math.max(0, index - 1)}.name`))
    },
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    const index = Number(target.closest<HTMLElement>('[data-line]')?.dataset.line ?? -1)
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      if (!save.isPending) void submit()
    } else if (index >= 0 && event.key === 'Enter' && target.tagName === 'INPUT') {
      event.preventDefault()
      acts.add(index)
    } else if (index >= 0 && event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      acts.move(index, index + (event.key === 'ArrowUp' ? -1 : 1))
    }
  }
  return (
    <FormProvider {...form}>
      <FormDialog
        open
        size="lg"
        onClose={onClose}
        title={t('offer.edit_title')}
        about={t('offer.about', { currency: from.currency })}
        submit={t('ui:dialog.save')}
        busy={save.isPending}
        error={general}
        onSubmit={(event) => void submit(event)}
        aside={
          <span aria-live="polite" className={cx('tabular text-base font-semibold transition-opacity', settling && 'opacity-50')}>
            {totals && t('offer.total_is', { total: money(totals.net) })}
          </span>
        }
      >
        <div onKeyDown={onKeyDown}>
          <ol aria-label={t('line.title')} className="flex flex-col gap-2.5">
            {fields.map((field, index) => (
              <DealLineCard key={field.id} index={index} count={fields.length} amount={totals?.lines[index] ? money(totals.lines[index].net) : ''} settling={settling} acts={acts} />
            ))}
          </ol>
          {fields.length === 0 && <p className="rounded-lg bg-sunken px-4 py-6 text-center text-base text-soft">{t('offer.none_left')}</p>}
          <div className="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-1">
            <Button icon={<Plus className="size-4" />} why={full} onClick={() => acts.add(fields.length - 1)}>
              {t('line.add')}
            </Button>
            <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-faint max-md:hidden">
              <Kbd keys="enter" /> {t('line.hint_add')} <span aria-hidden>·</span> <Kbd keys="Alt+arrowup" /> <Kbd keys="arrowdown" /> {t('line.hint_move')}
            </p>
          </div>
          <div className="mt-4">
            <Controller
              control={control}
              name="amount_from_lines"
              render={({ field }) => <Checkbox label={t('offer.from_lines')} hint={t('offer.from_lines_hint')} checked={field.value} onChange={field.onChange} />}
            />
          </div>
        </div>
      </FormDialog>
    </FormProvider>
  )
}
