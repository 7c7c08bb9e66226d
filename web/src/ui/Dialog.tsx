/**
 * A modal dialog. On phones it comes from below and takes the width. FormDialog is the usual
 * one: a title, fields, an error line, cancel and submit.
 */
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { explain } from '@/lib/problem'
import { Button } from './Button'
import { IconButton } from './IconButton'
import { Notice } from './Notice'
import { useReturnedFocus } from './returnFocus'

type DialogProps = {
  open: boolean
  onClose: () => void
  title: string
  /** One sentence under the title. */
  about?: ReactNode
  size?: 'sm' | 'md' | 'lg'
  children: ReactNode
}

const WIDTHS = { sm: 'md:max-w-md', md: 'md:max-w-xl', lg: 'md:max-w-3xl' }

export function Dialog({ open, onClose, title, about, size = 'md', children }: DialogProps) {
  const { t } = useTranslation('ui')
  const focus = useReturnedFocus(open)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-[fade_140ms] bg-veil" />
        <Radix.Content
          {...focus}
          aria-describedby={about ? undefined : ''}
          className={cx(
            'fixed z-50 flex w-full flex-col bg-raised shadow-lg outline-none',
            'max-md:inset-x-0 max-md:bottom-0 max-md:max-h-[92dvh] max-md:animate-[slide-up_180ms_ease-out] max-md:rounded-t-xl',
            'md:top-[10vh] md:left-1/2 md:max-h-[80vh] md:-translate-x-1/2 md:animate-[fade_140ms] md:rounded-xl md:border md:border-line',
            WIDTHS[size],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {about && <Radix.Description className="mt-0.5 text-sm text-soft">{about}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton bare size="sm" label={t('dialog.close')} icon={<X className="size-4" />} className="-mr-1.5" />
            </Radix.Close>
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The scrolling middle of a dialog. */
export function DialogBody({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cx('min-h-0 flex-1 overflow-y-auto px-5 py-2', className)}>{children}</div>
}

/** The buttons of a dialog, right-aligned, always in view. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-wrap items-center justify-end gap-2 px-5 pt-3 pb-[max(1rem,env(safe-area-inset-bottom))]">
      {children}
    </footer>
  )
}

type FormDialogProps = Omit<DialogProps, 'children'> & {
  onSubmit: (event: FormEvent<HTMLFormElement>) => void
  submit: string
  busy?: boolean
  danger?: boolean
  /** What went wrong and belongs to no single field. */
  error?: unknown
  /** Why it cannot be submitted now. */
  why?: string | undefined
  aside?: ReactNode
  children: ReactNode
}

export function FormDialog({ onSubmit, submit, busy, danger, error, why, aside, children, ...dialog }: FormDialogProps) {
  const { t } = useTranslation('ui')
  return (
    <Dialog {...dialog}>
      <form
        noValidate
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => {
          // A dialog may sit inside another form's tree: its submit is its own.
          event.stopPropagation()
          event.preventDefault()
          if (!busy && !why) onSubmit(event)
        }}
      >
        <DialogBody className="flex flex-col gap-4">
          {children}
          {!!error && <Notice tone="danger">{explain(error)}</Notice>}
        </DialogBody>
        <DialogFooter>
          {aside && <div className="mr-auto">{aside}</div>}
          <Button kind="quiet" onClick={dialog.onClose}>
            {t('dialog.cancel')}
          </Button>
          <Button type="submit" kind={danger ? 'danger' : 'primary'} busy={busy} why={why}>
            {submit}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
