/** The sums of the lines being written, asked of the server whenever they stand still for a moment. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useWatch, type Control } from 'react-hook-form'
import { useDebounced } from '@/lib/debounce'
import { calculate, type Priced, type Totals } from '../document/api'
import { priced, type OfferForm } from './form'

export function useOfferTotals(control: Control<OfferForm>, currency: string): { totals: Totals | undefined; settling: boolean } {
  const lines = useWatch({ control, name: 'lines' })
  const now = JSON.stringify(priced(lines, currency))
  const settled = useDebounced(now, 250)
  const asked = useQuery({
    queryKey: ['calculation', settled],
    queryFn: ({ signal }) => calculate(JSON.parse(settled) as Priced, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  })
  return { totals: asked.isError ? undefined : asked.data?.totals, settling: now !== settled || asked.isFetching }
}
