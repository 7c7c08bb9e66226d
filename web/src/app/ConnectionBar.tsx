/** Says when the server cannot be reached: what is on screen may be old, and saving will fail. */
import { CloudOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '@/api/events'
import { useDebounced } from '@/lib/debounce'

export function ConnectionBar() {
  const { t } = useTranslation('app')
  const connection = useConnection()
  // A short gap (sleep, a deploy) is nobody's business.
  const lasting = useDebounced(connection, 4000)
  const shown = connection === 'offline' || (connection === 'connecting' && lasting === 'connecting')
  return (
    <div role="status" aria-live="polite">
      {shown && (
        <div className="flex items-center justify-center gap-2 bg-warn-wash px-4 py-1.5 text-sm text-warn">
          <CloudOff aria-hidden className="size-4" />
          {t(connection === 'offline' ? 'connection.offline' : 'connection.lost')}
        </div>
      )}
    </div>
  )
}
