/** A panel that slides in from a side: navigation on phones, details beside a list. */
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { IconButton } from './IconButton'
import { useReturnedFocus } from './returnFocus'

type Props = {
  open: boolean
  onClose: () => void
  title: string
  titleHidden?: boolean
  side?: 'left' | 'right'
  children: ReactNode
}

export function Sheet({ open, onClose, title, titleHidden, side = 'right', children }: Props) {
  const { t } = useTranslation('ui')
  const focus = useReturnedFocus(open)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-[fade_140ms] bg-veil" />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className={cx(
            'fixed inset-y-0 z-50 flex w-[min(26rem,88vw)] flex-col bg-raised shadow-lg outline-none',
            side === 'right' ? 'right-0 animate-[slide-in_200ms_ease-out]' : 'left-0 animate-[slide-in-left_200ms_ease-out]',
          )}
        >
          <header className={cx('flex items-center gap-3 px-4 pt-3', titleHidden ? 'absolute top-0 right-0 z-10' : 'pb-2')}>
            <Radix.Title className={titleHidden ? 'sr-only' : 'min-w-0 flex-1 truncate text-lg font-semibold'}>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton bare label={t('dialog.close')} icon={<X className="size-4" />} />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
