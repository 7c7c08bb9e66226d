/** Every shortcut that works on the page behind it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@/lib/shortcuts'
import { Dialog, DialogBody } from '@/ui/Dialog'
import { Kbd } from '@/ui/Kbd'
import { closeOverlay } from './overlay'

export default function ShortcutList() {
  const { t } = useTranslation('app')
  const live = useShortcuts()
  // As they were when the list opened: opening a dialog does not change them, but a page behind may.
  const [shortcuts] = useState(live)
  const table = [
    { keys: 'j k', label: t('shortcut.rows'), group: t('shortcut.in_lists') },
    { keys: 'enter', label: t('shortcut.open'), group: t('shortcut.in_lists') },
    { keys: 'x', label: t('shortcut.select'), group: t('shortcut.in_lists') },
  ]
  const groups = Map.groupBy([...shortcuts, ...table], (shortcut) => shortcut.group)
  return (
    <Dialog open onClose={closeOverlay} title={t('shortcut.list')}>
      <DialogBody className="grid gap-x-8 gap-y-5 pb-6 sm:grid-cols-2">
        {[...groups].map(([group, members]) => (
          <section key={group}>
            <h3 className="mb-1 text-sm text-faint">{group}</h3>
            <ul>
              {members.map((shortcut) => (
                <li key={shortcut.keys} className="flex h-8 items-center justify-between gap-3 text-base">
                  {shortcut.label}
                  <Kbd keys={shortcut.keys} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </DialogBody>
    </Dialog>
  )
}
