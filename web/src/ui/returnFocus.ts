/**
 * Closing a dialog leads back to where one was (WCAG 2.4.3). Radix returns only to a trigger of its own, and these
 * dialogs are opened by state: so what had the focus at opening is kept, and for an entry of a menu, which is gone by
 * then, the button the menu hangs under.
 */
import { useInsertionEffect, useRef } from 'react'

// An entry that was removed together with its menu no longer counts as focused.
let latest: Element | null = null
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof Element) latest = target
})

/** What a dialog that is `open` hands to Radix. */
export function useReturnedFocus(open: boolean) {
  const before = useRef<Element | null>(null)
  // Before a field of the dialog takes the focus by itself, which is when layout effects run.
  useInsertionEffect(() => {
    if (!open) return
    const opener = document.activeElement === document.body ? latest : document.activeElement
    const menu = opener?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
    before.current = menu ? document.getElementById(menu) : opener
  }, [open])
  return {
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
    },
  }
}
