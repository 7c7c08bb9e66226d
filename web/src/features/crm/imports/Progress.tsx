/** An import at work. It goes on by itself: the page can be left and come back to. */
import { useTranslation } from 'react-i18next'
import { number } from '@/lib/format'
import { ProgressBar } from '@/ui/ProgressBar'
import type { Import } from './api'

export function Progress({ one }: { one: Import }) {
  const { t } = useTranslation('crm')
  const total = one.rows_total ?? one.rows_estimated
  return (
    <div className="panel max-w-2xl p-5" aria-live="polite">
      <ProgressBar value={one.state === 'undoing' ? one.undone + one.kept : one.bytes_done} total={(one.state === 'undoing' ? one.created + one.updated + one.companies_created : one.size) || null} label={t(one.state === 'undoing' ? 'import.undoing' : 'import.running', { done: number(one.rows_done), total: number(total) })} />
      <p className="mt-3 text-sm text-faint">{t('import.may_leave')}</p>
    </div>
  )
}
