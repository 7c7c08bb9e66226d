/** A picture, or initials on a colour that stays the same for the same name. Square for companies. */
import { useState } from 'react'
import { cx } from '@/lib/cx'

type Props = { name: string; picture?: string | null | undefined; size?: 'xs' | 'sm' | 'md' | 'lg' | 'xl'; square?: boolean }

const SIZES = { xs: 'size-5 text-[0.5625rem]', sm: 'size-6 text-2xs', md: 'size-8 text-xs', lg: 'size-10 text-base', xl: 'size-16 text-xl' }
const TONES = ['bg-accent-wash text-accent-ink', 'bg-info-wash text-info', 'bg-good-wash text-good', 'bg-warn-wash text-warn']

function initials(name: string): string {
  const words = name.replace(/[^\p{L}\p{N}\s]/gu, ' ').split(/\s+/).filter(Boolean)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return picked.map((word) => [...(word ?? '?')][0]).join('').toUpperCase() || '?'
}

function toneOf(name: string): string {
  let sum = 0
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973
  return TONES[sum % TONES.length] ?? TONES[0]!
}

export function Avatar({ name, picture, size = 'sm', square }: Props) {
  const [broken, setBroken] = useState<string | null>(null)
  const classes = cx('inline-flex shrink-0 items-center justify-center overflow-hidden font-semibold select-none', square ? 'rounded-md' : 'rounded-full', SIZES[size])
  if (picture && broken !== picture) {
    return <img src={picture} alt="" onError={() => setBroken(picture)} className={cx(classes, 'object-cover')} />
  }
  return (
    <span aria-hidden className={cx(classes, toneOf(name))}>
      {initials(name)}
    </span>
  )
}
