/**
 * Pieces of zod schemas shared by forms. A message is a key of ui words, with the number it speaks
 * of behind a blank ("field.too_long 120"); useFieldMessage() turns it into a sentence.
 */
import { z } from 'zod'

export const tooLong = (most: number) => `field.too_long ${most}`

export const required = (most = 200) => z.string().trim().min(1, 'field.required').max(most, tooLong(most))
export const optionalText = (most = 200) => z.string().trim().max(most, tooLong(most))
export const email = z.string().trim().min(1, 'field.required').max(254, tooLong(254)).pipe(z.email('field.email'))
export const optionalEmail = z.union([z.literal(''), z.string().trim().pipe(z.email('field.email'))])
