/** Files that came with a form, each to be saved. */
import { Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { bytes } from '@/lib/format'
import type { Attachment } from './api'

export function Attachments({ files }: { files: Attachment[] }) {
  const { t } = useTranslation('forms')
  if (files.length === 0) return null
  return (
    <ul aria-label={t('files.title')} className="mt-1 space-y-1 text-base">
      {files.map((file) => (
        <li key={file.id} className="flex items-baseline gap-1.5">
          <Paperclip aria-hidden className="size-3.5 shrink-0 translate-y-0.5 text-faint" />
          <a href={`/api/v1/attachments/${file.id}`} download={file.file_name} className="min-w-0 text-accent-ink underline wrap-anywhere">
            <bdi>{file.file_name}</bdi>
          </a>
          <span className="shrink-0 text-sm text-faint">{bytes(file.size)}</span>
        </li>
      ))}
    </ul>
  )
}
