/** Which role may do what: a table of switches. The owner always holds everything. */
import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { isLost } from '@/api/query'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { PageHeader } from '@/ui/PageHeader'
import { Skeleton } from '@/ui/Skeleton'
import { Switch } from '@/ui/Switch'
import { rolesQuery, setPermission, type Role, type RoleTable } from '../api'
import { usePermissionName } from '../permissionName'
import { useChangeAtOnce } from './changeAtOnce'
import { FieldRights } from './FieldRights'
import { RoleReach } from './RoleReach'

type Change = { role: Role; permission: string; held: boolean }

function changed(table: RoleTable, { role, permission, held }: Change): RoleTable {
  return {
    ...table,
    roles: table.roles.map((row) =>
      row.role !== role
        ? row
        : { ...row, permissions: held ? [...row.permissions, permission] : row.permissions.filter((other) => other !== permission) },
    ),
  }
}

export function Roles() {
  const { t } = useTranslation('identity')
  const name = usePermissionName()
  const mayTune = useCan('role.manage')
  const roles = useQuery(rolesQuery)
  const set = useChangeAtOnce(rolesQuery.queryKey, {
    save: (change: Change) => setPermission(change.role, change.permission, change.held),
    changed,
    nouns: ['role', 'me'],
  })
  if (roles.isPending) return <Skeleton className="m-6 h-96" />
  if (!roles.data || isLost(roles)) return <ErrorState isPage error={roles.error} onRetry={() => void roles.refetch()} />
  const table = roles.data
  const nouns = [...new Set(table.permissions.map((permission) => permission.split('.')[0] ?? permission))]
  return (
    <div>
      <PageHeader title={t('settings.roles')} about={t('roles.about')} />
      <div className="px-6 pt-1 pb-8 max-md:px-4">
        {!mayTune && (
          <div className="mb-3">
            <Notice>{t('roles.only_owner')}</Notice>
          </div>
        )}
        <div className="panel overflow-auto" tabIndex={0} role="region" aria-label={t('settings.roles')}>
          <table className="w-full border-separate border-spacing-0 text-base">
            <thead>
              <tr>
                <th className="sticky left-0 z-1 min-w-52 border-b border-line bg-surface px-4 py-2 text-left text-sm font-medium text-soft">{t('roles.permission')}</th>
                {table.roles.map((row) => (
                  <th key={row.role} scope="col" className="border-b border-line px-3 py-2 text-center text-sm font-medium whitespace-nowrap text-soft">
                    {t(`app:role.${row.role}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {nouns.map((noun) => (
                <Fragment key={noun}>
                  <tr>
                    <th scope="colgroup" colSpan={table.roles.length + 1} className="sticky left-0 border-b border-line bg-sunken px-4 py-1.5 text-left text-sm font-semibold">
                      {name.noun(noun)}
                    </th>
                  </tr>
                  {table.permissions
                    .filter((permission) => permission.split('.')[0] === noun)
                    .map((permission) => (
                      <tr key={permission}>
                        <th scope="row" className="sticky left-0 z-1 border-b border-line bg-surface px-4 py-2 text-left font-normal">
                          {name.verb(permission)}
                        </th>
                        {table.roles.map((row) => {
                          const held = row.permissions.includes(permission)
                          return (
                            <td key={row.role} className="border-b border-line px-3 py-2">
                              <span className="flex justify-center">
                                {row.role !== 'owner' && !table.fixed.includes(permission) ? (
                                  <Switch
                                    labelHidden
                                    label={`${t(`app:role.${row.role}`)}: ${name.full(permission)}`}
                                    checked={held}
                                    disabled={!row.editable}
                                    onChange={(next) => set.mutate({ role: row.role, permission, held: next })}
                                  />
                                ) : (
                                  <Check aria-label={t('roles.always')} className="size-4 text-good" />
                                )}
                              </span>
                            </td>
                          )
                        })}
                      </tr>
                    ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <RoleReach table={table} />
      <FieldRights roles={table.roles} />
    </div>
  )
}
