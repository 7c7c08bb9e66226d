/** "Why can I see this?": a quiet button in the header of every record, and the dialog that answers. */
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/ui/IconButton'
import { SightDialog } from './SightDialog'

export function SightButton({ record }: { record: string }) {
  const { t } = useTranslation('sight')
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton bare label={t('ask')} icon={<Eye className="size-4" />} onClick={() => setOpen(true)} />
      {open && <SightDialog record={record} onClose={() => setOpen(false)} />}
    </>
  )
}
