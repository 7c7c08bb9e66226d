/** Which workspace is open, and the way to the others. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ok } from '@/api/client'
import { useMe } from '@/api/me'
import { queryClient } from '@/api/query'
import { Avatar } from '@/ui/Avatar'
import { Menu } from '@/ui/Menu'
import { toastError } from '@/ui/Toast'

export function TenantSwitch() {
  const { t } = useTranslation('app')
  const me = useMe()
  const [asked, setAsked] = useState(false)
  const tenants = useQuery({
    queryKey: ['tenants'],
    queryFn: () => ok(api.GET('/api/v1/tenants', {})),
    enabled: asked,
  })
  const change = useMutation({
    mutationFn: (tenant_id: string) => ok(api.POST('/api/v1/session/tenant', { body: { tenant_id } })),
    onSuccess: () => {
      // Nothing of one workspace may stay on screen in another.
      queryClient.clear()
      location.assign('/')
    },
    onError: toastError,
  })
  const items = tenants.data?.items ?? [{ id: me.tenant.id, name: me.tenant.name }]
  return (
    <Menu
      align="start"
      className="w-58"
      trigger={
        <button
          type="button"
          onPointerEnter={() => setAsked(true)}
          onFocus={() => setAsked(true)}
          className="flex h-10 w-full min-w-0 items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover"
        >
          <Avatar square size="sm" name={me.tenant.name} />
          <span className="min-w-0 flex-1 truncate text-base font-semibold">{me.tenant.name}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
          <span className="sr-only">{t('tenant.switch')}</span>
        </button>
      }
      items={[
        { heading: t('tenant.yours') },
        ...items.map((tenant) => ({
          label: tenant.name,
          checked: tenant.id === me.tenant.id,
          run: () => tenant.id !== me.tenant.id && change.mutate(tenant.id),
        })),
      ]}
    />
  )
}
