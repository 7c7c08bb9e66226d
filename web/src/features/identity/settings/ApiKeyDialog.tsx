/** Makes a key: a name, the rights it gets, then the secret, once. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { refresh } from '@/api/query'
import { toProblem } from '@/lib/problem'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { CopyField } from '@/ui/CopyField'
import { Dialog, DialogBody, DialogFooter, FormDialog } from '@/ui/Dialog'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { createApiKey } from '../api'
import { usePermissionName } from '../permissionName'

const LASTS = ['30', '90', '365']

export function ApiKeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('identity')
  const { permissions } = useMe()
  const permission = usePermissionName()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>([])
  const [days, setDays] = useState('365')
  const create = useMutation({ mutationFn: createApiKey, onSuccess: () => refresh('api_key') })
  const close = () => {
    create.reset()
    setName('')
    setScopes([])
    onClose()
  }
  if (create.data) {
    return (
      <Dialog open={open} onClose={close} title={t('keys.made_title')} size="sm">
        <DialogBody className="flex flex-col gap-4">
          <Notice tone="warn">{t('keys.made_text')}</Notice>
          <CopyField label={t('keys.secret')} value={create.data.secret} />
        </DialogBody>
        <DialogFooter>
          <Button kind="primary" onClick={close}>
            {t('keys.kept')}
          </Button>
        </DialogFooter>
      </Dialog>
    )
  }
  const refused = (field: string) => toProblem(create.error).fields.find((one) => one.field === field)?.message
  const groups = Map.groupBy(permissions, (one) => one.split('.')[0] ?? one)
  const toggle = (names: string[], on: boolean) => setScopes((held) => (on ? [...new Set([...held, ...names])] : held.filter((one) => !names.includes(one))))
  return (
    <FormDialog
      open={open}
      onClose={close}
      title={t('keys.create')}
      about={t('keys.create_about')}
      submit={t('keys.create')}
      busy={create.isPending}
      error={create.isError && toProblem(create.error).fields.length === 0 ? create.error : null}
      why={!name.trim() ? t('keys.needs_name') : scopes.length === 0 ? t('keys.needs_scope') : undefined}
      onSubmit={() => create.mutate({ name: name.trim(), scopes, expires_at: days ? new Date(Date.now() + Number(days) * 86_400_000).toISOString() : null })}
    >
      <TextField label={t('keys.name')} value={name} maxLength={80} placeholder={t('keys.name_example')} error={refused('name')} onChange={(event) => setName(event.target.value)} />
      <Select label={t('keys.lasts')} value={days} onChange={(event) => setDays(event.target.value)} error={refused('expires_at')} options={[...LASTS.map((value) => ({ value, label: t('keys.days', { count: Number(value) }) })), { value: '', label: t('keys.for_ever') }]} />
      <fieldset>
        <legend className="mb-2 text-sm font-medium text-soft">{t('keys.scopes_title')}</legend>
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          {[...groups].map(([noun, names]) => {
            const held = names.filter((one) => scopes.includes(one)).length
            return (
              <div key={noun} className="flex flex-col gap-1.5">
                <Checkbox label={<span className="font-medium">{permission.noun(noun)}</span>} checked={held === 0 ? false : held === names.length ? true : 'mixed'} onChange={(on) => toggle(names, on)} />
                <div className="ml-6 flex flex-col gap-1.5">
                  {names.map((one) => (
                    <Checkbox key={one} label={permission.verb(one)} checked={scopes.includes(one)} onChange={(on) => toggle([one], on)} />
                  ))}
                </div>
              </div>
            )
          })}
        </div>
        {refused('scopes') && <p className="mt-2 text-sm text-danger">{refused('scopes')}</p>}
      </fieldset>
    </FormDialog>
  )
}
