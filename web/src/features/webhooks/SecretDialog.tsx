/** A signing secret, shown this once. */
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { CopyField } from '@/ui/CopyField'
import { Dialog, DialogBody, DialogFooter } from '@/ui/Dialog'
import { Notice } from '@/ui/Notice'

type Props = { open: boolean; secret: string; rotated?: boolean; onClose: () => void }

export function SecretDialog({ open, secret, rotated, onClose }: Props) {
  const { t } = useTranslation('webhooks')
  return (
    <Dialog open={open} onClose={onClose} title={t('secret.title')} size="sm">
      <DialogBody className="flex flex-col gap-4">
        <Notice tone="warn">{t(rotated ? 'secret.rotated' : 'secret.once')}</Notice>
        <CopyField label={t('secret.label')} value={secret} />
      </DialogBody>
      <DialogFooter>
        <Button kind="primary" onClick={onClose}>
          {t('secret.kept')}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
