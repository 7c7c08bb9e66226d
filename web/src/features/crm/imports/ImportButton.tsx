/** To where files of a noun are brought, for those who may. */
import { Link } from '@tanstack/react-router'
import { FileInput } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { useMayImport } from './nouns'

export function ImportButton({ noun, className }: { noun: string; className?: string }) {
  const { t } = useTranslation('crm')
  if (!useMayImport(noun)) return null
  return (
    <Button asChild {...(className ? { className } : {})}>
      <Link to="/imports" search={{ noun }}>
        <FileInput aria-hidden className="size-4" /> {t('import.start')}
      </Link>
    </Button>
  )
}
