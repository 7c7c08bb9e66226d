/** Saves a cell and says so, with a way back; says at the cell why it was refused, and what to do. */
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { explain, toProblem } from '@/lib/problem'
import type { CellEdit, Refusal } from '@/ui/editing/cell'
import { toast, toastError } from '@/ui/Toast'
import type { Standing } from '../arrange/change'
import { changeCell, refreshAfter } from './change'
import { valueIn, type InlineField } from './value'

type Refused = Parameters<CellEdit<Standing>['save']>[2]

export function useCellSave(noun: string, nameOf: (id: string) => string) {
  const client = useQueryClient()
  const { t } = useTranslation('views')
  return useCallback(
    async (field: InlineField, column: string, row: Standing, value: unknown, refused: Refused): Promise<void> => {
      const refuse = async (error: unknown, draft: unknown) => {
        // What was changed or has gone is shown as it now is, before somebody decides about it.
        await refreshAfter(client, noun)
        refused(draft, refusalOf(error, field, t))
      }
      const before = valueIn(row, field)
      try {
        const after = await changeCell({ client, noun, row, field, value, nameOf })
        const back = async () => {
          try {
            await changeCell({ client, noun, row: after, field, value: before, nameOf })
            toast({ text: t('edit.back', { column, record: row.name }) })
            await refreshAfter(client, noun)
          } catch (error) {
            toastError(error)
            await refuse(error, before)
          }
        }
        toast({ text: t('edit.saved', { column, record: after.name }), undo: () => void back() })
        await refreshAfter(client, noun)
      } catch (error) {
        await refuse(error, value)
      }
    },
    [client, noun, nameOf, t],
  )
}

/** What to say of it at the cell. */
function refusalOf(error: unknown, { as, name }: InlineField, t: TFunction<'views'>): Refusal {
  const { status, fields } = toProblem(error)
  if (status === 412) return { words: t('edit.changed'), changed: true }
  const own = as === 'names' ? ['given_name', 'family_name'] : [name]
  const mine = fields.find(({ field }) => own.some((one) => field === one || field.startsWith(`${one}.`)))
  if (mine) return { words: mine.message }
  return { words: fields[0] ? t('edit.elsewhere', { why: fields[0].message }) : explain(error) }
}
