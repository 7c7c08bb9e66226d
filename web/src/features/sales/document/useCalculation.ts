/** The totals of the form on screen, asked of the server whenever it stands still for a moment. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useWatch, type Control } from 'react-hook-form'
import { useDebounced } from '@/lib/debounce'
import { calculate, type Calculation } from './api'
import { pricedInput, type DocumentForm } from './form'

export type Computed = { calculation: Calculation | undefined; error: unknown; settling: boolean }

export function useCalculation(control: Control<DocumentForm>): Computed {
  const [currency, prices_include_tax, allowance_kind, allowance, lines] = useWatch({
    control,
    name: ['currency', 'prices_include_tax', 'allowance_kind', 'allowance', 'lines'],
  })
  const now = JSON.stringify(pricedInput({ currency, prices_include_tax, allowance_kind, allowance, lines }))
  const settled = useDebounced(now, 300)
  const asked = useQuery({
    queryKey: ['calculation', settled],
    queryFn: ({ signal }) => calculate(JSON.parse(settled) as ReturnType<typeof pricedInput>, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  })
  return {
    calculation: asked.isError ? undefined : asked.data,
    error: asked.error,
    settling: now !== settled || asked.isFetching,
  }
}
