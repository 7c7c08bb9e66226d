/** Says what came of a bulk change, with Undo; one that is still at work is watched instead. */
import { useTranslation } from 'react-i18next'
import { number } from '@/lib/format'
import { toast, toastError } from '@/ui/Toast'
import { isMoving, refreshBulk, undoBulk, type BulkChange } from './api'
import { watch } from './watched'

const counted = (count: number) => ({ count, shown: number(count) })

export function useBulkWords() {
  const { t } = useTranslation('bulk')
  /** What was not as wished, in a line; nothing where all went well. */
  const remarks = (change: BulkChange): string =>
    [
      change.unchanged > 0 && t('unchanged', counted(change.unchanged)),
      change.refused > 0 && t('refused', counted(change.refused)),
      change.kept > 0 && t('kept', counted(change.kept)),
    ]
      .filter(Boolean)
      .join(' ')
  /** One sentence on what has been done so far. */
  const outcome = (change: BulkChange): string =>
    change.undone + change.kept > 0 ? t('undone', counted(change.undone)) : change.changed === 0 ? t('nothing') : t(`did.${change.kind}`, counted(change.changed))
  const undo = (change: Pick<BulkChange, 'id'>): void => {
    undoBulk(change.id).then(tell, toastError)
  }
  const tell = (change: BulkChange): void => {
    void refreshBulk()
    if (isMoving(change)) {
      watch(change.id)
      return
    }
    const detail = remarks(change)
    toast({ text: outcome(change), ...(detail ? { detail } : {}), ...(change.actions.includes('undo') ? { undo: () => undo(change) } : {}) })
  }
  return { remarks, outcome, undo, tell }
}
