/** Where mails really are while no mail server is set up: the sandbox's mailbox. */
import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/ui/Notice'
import { SANDBOX_MAILBOX, sandboxQuery } from './api'

export function SandboxLink() {
  const { t } = useTranslation('mail')
  const sandbox = useQuery(sandboxQuery)
  if (!sandbox.data) return null
  return (
    <div className="px-6 pb-3 max-md:px-4">
      <Notice
        action={
          <a href={SANDBOX_MAILBOX} target="_blank" rel="noopener" className="inline-flex shrink-0 items-center gap-1 rounded-sm font-medium text-accent-ink hover:underline">
            {t('sandbox.open')} <ExternalLink aria-hidden className="size-3.5" />
          </a>
        }
      >
        {t('sandbox.on')}
      </Notice>
    </div>
  )
}
