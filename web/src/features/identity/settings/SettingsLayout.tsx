/** The settings: yours on top, the workspace's below. On phones the list becomes a row. */
import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'

const PAGES = [
  { to: '/settings/profile', key: 'profile', group: 'you' },
  { to: '/settings/sessions', key: 'sessions', group: 'you' },
  { to: '/settings/notifications', key: 'notifications', group: 'you', permission: 'notification.own' },
  { to: '/settings/workspace', key: 'workspace', group: 'workspace', permission: 'tenant.read' },
  { to: '/settings/pipelines', key: 'pipelines', group: 'workspace', permission: 'deal.read' },
  { to: '/settings/custom-fields', key: 'custom_fields', group: 'workspace', permission: 'custom_field.read' },
  { to: '/settings/custom-objects', key: 'custom_objects', group: 'workspace', permission: 'custom_object.read' },
  { to: '/settings/billing', key: 'billing', group: 'workspace', permission: 'fiscal_entity.read' },
  { to: '/settings/members', key: 'members', group: 'workspace', permission: 'member.read' },
  { to: '/settings/teams', key: 'teams', group: 'workspace', permission: 'member.read' },
  { to: '/settings/roles', key: 'roles', group: 'workspace', permission: 'member.read' },
  { to: '/settings/api-keys', key: 'api_keys', group: 'workspace', permission: 'api_key.manage' },
  { to: '/settings/webhooks', key: 'webhooks', group: 'workspace', permission: 'webhook.read' },
  { to: '/settings/background-work', key: 'background_work', group: 'workspace', permission: 'jobs.read' },
  { to: '/settings/bulk-changes', key: 'bulk_changes', group: 'workspace', permission: 'bulk_change.use' },
  { to: '/settings/audit', key: 'audit', group: 'workspace', permission: 'audit.read' },
] as const

export function SettingsLayout() {
  const { t } = useTranslation('identity')
  const { permissions } = useMe()
  const pages = PAGES.filter((page) => !('permission' in page) || permissions.includes(page.permission))
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      <nav aria-label={t('settings.label')} className="w-52 shrink-0 border-line px-3 py-5 max-md:w-full max-md:overflow-x-auto max-md:border-b max-md:px-2 max-md:py-2 md:border-r">
        {(['you', 'workspace'] as const).map((group) => (
          <div key={group} className="max-md:contents">
            <div className="px-2 pt-2 pb-1 text-xs font-medium text-faint max-md:hidden">{t(`settings.${group}`)}</div>
            <ul className="flex flex-col gap-px max-md:inline-flex max-md:flex-row">
              {pages
                .filter((page) => page.group === group)
                .map((page) => (
                  <li key={page.to}>
                    <Link
                      to={page.to}
                      className="flex h-8 items-center rounded-md px-2 text-base whitespace-nowrap text-soft hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink max-md:h-10 max-md:px-3"
                    >
                      {t(`settings.${page.key}`)}
                    </Link>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        <Outlet />
      </div>
    </div>
  )
}
