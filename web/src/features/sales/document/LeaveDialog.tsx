/** Asked when someone goes away from a document with unsaved changes. */
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Dialog, DialogBody, DialogFooter } from '@/ui/Dialog'

export function LeaveDialog({ open, onStay, onLeave }: { open: boolean; onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation('sales')
  return (
    <Dialog open={open} onClose={onStay} size="sm" title={t('leave.title')}>
      <DialogBody>
        <p className="text-base text-soft">{t('leave.text')}</p>
      </DialogBody>
      <DialogFooter>
        <Button kind="quiet" onClick={onLeave}>
          {t('leave.leave')}
        </Button>
        <Button kind="primary" onClick={onStay}>
          {t('leave.stay')}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
