/** Taking a list along as a file: each format is a download, told to the audit trail. */
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'

const NAMES = { csv: 'CSV', xlsx: 'Excel (XLSX)', vcf: 'vCard' }

type Props = { list: 'contacts' | 'companies' | 'deals' | 'leads' | `custom-objects/${string}/records`; formats: (keyof typeof NAMES)[] }

export function ExportMenu({ list, formats }: Props) {
  const { t } = useTranslation('crm')
  const items = formats.map((format) => ({
    label: NAMES[format],
    // The answer is a file to keep, so the page stays where it is.
    run: () => window.location.assign(`/api/v1/${list}/export.${format}`),
  }))
  const trigger = (
    <Button kind="quiet" className="max-md:hidden" icon={<Download className="size-4" />}>
      {t('export')}
    </Button>
  )
  return <Menu trigger={trigger} items={items} />
}
