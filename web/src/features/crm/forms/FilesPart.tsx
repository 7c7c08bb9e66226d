/** What a field for files takes: how many, how large, of which kinds. */
import { useTranslation } from 'react-i18next'
import { Checkbox } from '@/ui/Checkbox'
import { TextField } from '@/ui/TextField'
import { FILE_KINDS, type FileRule } from './api'

type Props = { rule: Partial<FileRule>; onChange: (rule: FileRule) => void; refused: (part: string) => string | undefined }

export function FilesPart({ rule, onChange, refused }: Props) {
  const { t } = useTranslation('forms')
  const whole: FileRule = { count: rule.count ?? 5, megabytes: rule.megabytes ?? 10, kinds: rule.kinds ?? [...FILE_KINDS] }
  const number = (name: 'count' | 'megabytes', max: number) => (
    <TextField
      label={t(`files.${name}`)}
      type="number"
      min={1}
      max={max}
      value={String(whole[name])}
      error={refused(name)}
      onChange={(event) => onChange({ ...whole, [name]: Math.trunc(Number(event.target.value)) || 0 })}
    />
  )
  return (
    <>
      {number('count', 5)}
      {number('megabytes', 10)}
      <fieldset className="flex flex-wrap gap-x-5 gap-y-2 sm:col-span-2">
        <legend className="mb-1 text-sm font-medium text-soft">{t('files.kinds')}</legend>
        {FILE_KINDS.map((kind) => (
          <Checkbox
            key={kind}
            label={t(`files.kind.${kind}`)}
            checked={(whole.kinds ?? []).includes(kind)}
            error={refused('kinds')}
            onChange={(ticked) => onChange({ ...whole, kinds: FILE_KINDS.filter((one) => (one === kind ? ticked : (whole.kinds ?? []).includes(one))) })}
          />
        ))}
      </fieldset>
    </>
  )
}
