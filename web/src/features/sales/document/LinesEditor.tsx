/**
 * The lines of a quote or invoice. Enter adds a line below, Alt with the arrows moves one, the
 * handle drags it by pointer or by Space and arrows; what is removed can be brought back.
 */
import { closestCenter, DndContext, KeyboardSensor, PointerSensor, TouchSensor, useSensor, useSensors, type DndContextProps } from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { Plus } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { money } from '@/lib/format'
import { useMedia } from '@/lib/media'
import { Button } from '@/ui/Button'
import { Kbd } from '@/ui/Kbd'
import { toast } from '@/ui/Toast'
import { blankLine, isBlank, type DocumentForm } from './form'
import { LINE_GRID, LineRow, type LineActs } from './LineRow'
import type { Computed } from './useCalculation'
import { usePresets } from './words'

/** The most lines a document may have. */
const MOST = 500

export function LinesEditor({ computed }: { computed: Computed }) {
  const { t } = useTranslation('sales')
  const { control, getValues, setFocus } = useFormContext<DocumentForm>()
  const { fields, insert, remove, move } = useFieldArray({ control, name: 'lines' })
  const { suggested } = usePresets()
  const withTax = useWatch<DocumentForm, 'prices_include_tax'>({ name: 'prices_include_tax' })
  const wide = useMedia('(min-width: 72rem)')
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 120, tolerance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const place = (id: string | number) => fields.findIndex((field) => field.id === id)
  const accessibility = useAnnouncements((id) => place(id) + 1, fields.length)
  const totals = computed.calculation?.totals.lines
  const full = fields.length >= MOST ? t('line.most', { count: MOST }) : undefined

  const acts: LineActs = {
    add: (after) => {
      if (full) return
      // A new line is taxed as the one above it.
      insert(after + 1, blankLine(getValues(`lines.${after}.taxes`) ?? suggested), { focusName: `lines.${after + 1}.description` })
    },
    copy: (index) => {
      if (full) return
      insert(index + 1, structuredClone(getValues(`lines.${index}`)), { focusName: `lines.${index + 1}.description` })
    },
    move: (from, to) => {
      if (to < 0 || to >= fields.length) return
      move(from, to)
      requestAnimationFrame(() => setFocus(`lines.${to}.description`))
    },
    remove: (index) => {
      const gone = structuredClone(getValues(`lines.${index}`))
      remove(index)
      if (!isBlank(gone)) toast({ text: t('line.removed', { name: gone.description || index + 1 }), undo: () => insert(index, gone, { shouldFocus: false }) })
    },
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    const index = Number(target.closest<HTMLElement>('[data-line]')?.dataset.line ?? -1)
    if (index < 0 || event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && target.tagName === 'INPUT' && !event.metaKey && !event.ctrlKey) {
      event.preventDefault()
      acts.add(index)
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      acts.move(index, index + (event.key === 'ArrowUp' ? -1 : 1))
    }
  }
  const amountOf = (index: number): string => {
    const line = totals?.[index]
    return line ? money(withTax ? line.with_tax : line.net) : ''
  }
  return (
    <div>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={accessibility}
        onDragEnd={({ active, over }) => over && active.id !== over.id && move(place(active.id), place(over.id))}
      >
        <div className="panel">
          {wide && fields.length > 0 && (
            <div aria-hidden className={cx(LINE_GRID, 'h-8 items-center border-b border-line pr-2 pl-1 text-sm text-soft [&>*]:truncate')}>
              <span />
              <span>{t('line.description')}</span>
              <span className="text-right">{t('line.quantity')}</span>
              <span>{t('line.unit')}</span>
              <span className="text-right">{t('line.unit_price')}</span>
              <span className="text-right">{t('line.discount')}</span>
              <span>{t('line.tax')}</span>
              <span className="text-right">{t(withTax ? 'line.amount_with_tax' : 'line.amount')}</span>
              <span />
            </div>
          )}
          <SortableContext items={fields.map((field) => field.id)} strategy={verticalListSortingStrategy}>
            <ol aria-label={t('line.title')} onKeyDown={onKeyDown} className="divide-y divide-line overflow-hidden rounded-lg">
              {fields.map((field, index) => (
                <LineRow key={field.id} id={field.id} index={index} count={fields.length} wide={wide} amount={amountOf(index)} settling={computed.settling} acts={acts} />
              ))}
            </ol>
          </SortableContext>
          {fields.length === 0 && <p className="px-4 py-8 text-center text-base text-soft">{t('line.empty')}</p>}
        </div>
      </DndContext>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <Button
          icon={<Plus className="size-4" />}
          why={full}
          onClick={() => insert(fields.length, blankLine(getValues(`lines.${fields.length - 1}.taxes`) ?? suggested), { focusName: `lines.${fields.length}.description` })}
        >
          {t('line.add')}
        </Button>
        <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-faint max-md:hidden">
          <Kbd keys="enter" /> {t('line.hint_add')} <span aria-hidden>·</span> <Kbd keys="Alt+arrowup" /> <Kbd keys="arrowdown" /> {t('line.hint_move')}
        </p>
      </div>
    </div>
  )
}

/** What a screen reader says while a line is carried by keyboard. */
function useAnnouncements(place: (id: string | number) => number, count: number): NonNullable<DndContextProps['accessibility']> {
  const { t } = useTranslation('sales')
  return {
    screenReaderInstructions: { draggable: t('line.drag.instructions') },
    announcements: {
      onDragStart: ({ active }) => t('line.drag.lifted', { number: place(active.id), count }),
      onDragOver: ({ over }) => (over ? t('line.drag.over', { number: place(over.id), count }) : undefined),
      onDragEnd: ({ over }) => (over ? t('line.drag.dropped', { number: place(over.id), count }) : t('line.drag.back')),
      onDragCancel: () => t('line.drag.back'),
    },
  }
}
