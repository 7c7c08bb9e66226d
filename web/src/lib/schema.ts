/** Pieces of zod schemas shared by forms; messages are keys of ui words, shown through useFieldMessage(). */
import { z } from 'zod'

export const required = (most = 200) => z.string().trim().min(1, 'field.required').max(most, 'field.too_long')
export const optionalText = (most = 200) => z.string().trim().max(most, 'field.too_long')
export const email = z.string().trim().min(1, 'field.required').max(254, 'field.too_long').pipe(z.email('field.email'))
export const optionalEmail = z.union([z.literal(''), z.string().trim().pipe(z.email('field.email'))])
