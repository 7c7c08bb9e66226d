/** Somebody else saved in the meantime (412): look at theirs, or keep mine knowing that theirs goes. */
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Dialog, DialogBody, DialogFooter } from '@/ui/Dialog'

type Props = { open: boolean; busy: boolean; onClose: () => void; onTheirs: () => void; onMine: () => void }

export function StaleDialog({ open, busy, onClose, onTheirs, onMine }: Props) {
  const { t } = useTranslation('sales')
  return (
    <Dialog open={open} onClose={onClose} title={t('stale.title')}>
      <DialogBody>
        <p className="text-base text-soft">{t('stale.text')}</p>
      </DialogBody>
      <DialogFooter>
        <Button kind="quiet" onClick={onClose}>
          {t('stale.go_on')}
        </Button>
        <Button onClick={onTheirs}>{t('stale.theirs')}</Button>
        <Button kind="danger" busy={busy} onClick={onMine}>
          {t('stale.mine')}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
