/** Which types of events an endpoint hears of: all of them, or some, by group. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '@/ui/Checkbox'
import { ErrorState } from '@/ui/ErrorState'
import { Segmented } from '@/ui/Segmented'
import { Skeleton } from '@/ui/Skeleton'
import { eventTypesQuery } from './api'

type Props = { value: string[] | null; onChange: (value: string[] | null) => void; error?: string | undefined }

export function EventPicker({ value, onChange, error }: Props) {
  const { t, i18n } = useTranslation('webhooks')
  const types = useQuery(eventTypesQuery)
  const groupName = (group: string) => (i18n.exists(`webhooks:group.${group}`) ? t(`group.${group}` as 'group.company') : group)
  const toggle = (names: string[], on: boolean) => onChange(on ? [...new Set([...(value ?? []), ...names])] : (value ?? []).filter((one) => !names.includes(one)))
  const groups = Map.groupBy(types.data?.items ?? [], (type) => type.group)
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium text-soft">{t('events.title')}</legend>
      <Segmented
        label={t('events.title')}
        value={value ? 'some' : 'all'}
        onChange={(which) => onChange(which === 'all' ? null : [])}
        options={[
          { value: 'all', label: t('events.all') },
          { value: 'some', label: t('events.some') },
        ]}
      />
      {!value && <p className="mt-2 text-sm text-faint">{t('events.all_hint')}</p>}
      {value && types.isPending && <Skeleton className="mt-3 h-40" />}
      {value && types.isError && <ErrorState error={types.error} onRetry={() => void types.refetch()} />}
      {value && (
        <div className="mt-3 grid gap-x-6 gap-y-4 sm:grid-cols-2">
          {[...groups].map(([group, members]) => {
            const names = members.map((type) => type.name)
            const held = names.filter((name) => value.includes(name)).length
            return (
              <div key={group} className="flex flex-col gap-1.5">
                <Checkbox
                  label={<span className="font-medium">{groupName(group)}</span>}
                  checked={held === 0 ? false : held === names.length ? true : 'mixed'}
                  onChange={(on) => toggle(names, on)}
                />
                <div className="ml-6 flex flex-col gap-1.5">
                  {names.map((name) => (
                    <Checkbox key={name} label={<code className="text-sm wrap-anywhere">{name}</code>} checked={value.includes(name)} onChange={(on) => toggle([name], on)} />
                  ))}
                </div>
              </div>
            )
          })}
        </div>
      )}
      {error && <p className="mt-2 text-sm text-danger">{error}</p>}
    </fieldset>
  )
}
