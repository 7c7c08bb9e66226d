/** A calendar date as "YYYY-MM-DD". The browser's own picker: localized, keyboard and touch ready. */
import type { ComponentPropsWithRef } from 'react'
import { TextField } from './TextField'

type Props = Omit<ComponentPropsWithRef<typeof TextField>, 'type' | 'prefix' | 'suffix'>

export function DateField(props: Props) {
  return <TextField {...props} type="date" inputClassName="tabular" />
}
