/** Something to take away: a key, a link. Selected by a click, copied by the button. */
import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button'
import { Field } from './Field'
import { toast } from './Toast'

export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation('ui')
  const copy = () =>
    navigator.clipboard?.writeText(value).then(
      () => toast({ text: t('toast.copied') }),
      () => undefined,
    )
  return (
    <Field label={label}>
      {(wiring) => (
        <div className="flex gap-2">
          <input {...wiring} readOnly value={value} onFocus={(event) => event.currentTarget.select()} className="control font-mono text-sm" />
          <Button icon={<Copy className="size-4" />} onClick={copy}>
            {t('copy')}
          </Button>
        </div>
      )}
    </Field>
  )
}
