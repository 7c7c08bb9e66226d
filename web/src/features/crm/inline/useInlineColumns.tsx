/** The columns of a list that are shown, with their editors for those whose values are fields of the record's own. */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '@/ui/DataTable'
import { membersQuery } from '../api'
import type { Standing } from '../arrange/change'
import { CellInput } from './CellInput'
import { useCellSave } from './useCellSave'
import { useFieldRight } from '../rights/rights'
import { useInlineFields } from './useInlineFields'
import { isMissing, valueIn } from './value'

export function useInlineColumns<T extends Standing>(noun: string, columns: Column<T>[]): Column<T>[] {
  const { t } = useTranslation('ui')
  const fields = useInlineFields(noun)
  const right = useFieldRight(noun)
  const members = useQuery(membersQuery).data
  const nameOf = useCallback((id: string) => members?.items.find((member) => member.id === id)?.name ?? id, [members])
  const save = useCellSave(noun, nameOf)
  return useMemo(
    () =>
      columns.filter((column) => right(column.id) !== 'hidden').map((column): Column<T> => {
        const field = fields[column.id]
        if (!field) return column
        return {
          ...column,
          edit: {
            may: (row) => row.actions.includes('update') && (field.may?.(row) ?? true),
            named: (row) => row.name,
            value: (row) => valueIn(row, field),
            input: (props, row) => <CellInput {...props} of={field} names={namesIn(row)} />,
            check: (value) => (isMissing(field, value) ? t('field.required') : undefined),
            save: (row, value, refused) => void save(field, column.header, row, value, refused),
          },
        }
      }),
    [columns, fields, right, save, t],
  )
}

/** The people whom a record names: some may have left, and are still called by name. */
const namesIn = (row: Standing): Record<string, string> => ({
  ...(row as { custom_names?: Record<string, string> }).custom_names,
  ...(row.owner ? { [row.owner.id]: row.owner.name } : {}),
})
