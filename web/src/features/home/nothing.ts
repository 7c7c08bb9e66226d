import type { Money } from '@/lib/format'

/** Whether an amount is nothing at all. */
export const isNothing = (value: Money): boolean => /^-?0*(\.0*)?$/.test(value.amount)
