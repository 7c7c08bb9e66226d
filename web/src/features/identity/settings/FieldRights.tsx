/** What each role may do with each field of an object: everything, read it, or not see it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/ui/ErrorState'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { fieldRightsQuery, setFieldRight, type FieldRight, type FieldRightTable, type Role, type RoleTable } from '../api'
import { useChangeAtOnce } from './changeAtOnce'

const OBJECTS: Record<string, 'companies' | 'contacts' | 'deals' | 'leads'> = { company: 'companies', contact: 'contacts', deal: 'deals', lead: 'leads' }
const RIGHTS = ['full', 'read_only', 'hidden'] as const

type Change = { role: Role; object: string; field: string; right: FieldRight | null }

function changed(table: FieldRightTable, { role, object, field, right }: Change): FieldRightTable {
  const of = ({ [role]: _, ...others }: Record<string, FieldRight | undefined>) => (right ? { ...others, [role]: right } : others)
  return {
    ...table,
    objects: table.objects.map((one) =>
      one.object !== object ? one : { ...one, fields: one.fields.map((other) => (other.field === field ? { ...other, rights: of(other.rights) as typeof other.rights } : other)) },
    ),
  }
}

export function FieldRights({ roles }: { roles: RoleTable['roles'] }) {
  const { t } = useTranslation(['identity', 'app'])
  const table = useQuery(fieldRightsQuery)
  const [chosen, setChosen] = useState('contact')
  const set = useChangeAtOnce(fieldRightsQuery.queryKey, {
    save: ({ role, ...change }: Change) => setFieldRight(role, change),
    changed,
    nouns: ['field_right', 'me'],
  })
  if (table.isPending) return <Skeleton className="m-6 h-64" />
  if (!table.data) return <ErrorState error={table.error} onRetry={() => void table.refetch()} />
  const { objects, editable } = table.data
  const narrowed = roles.filter((row) => row.role !== 'owner')
  const object = objects.find((one) => one.object === chosen) ?? objects[0]
  const nameOf = ({ object: name, label }: { object: string; label?: string | null }) => {
    const known = OBJECTS[name]
    return known ? t(`app:nav.${known}`) : (label ?? name)
  }
  return (
    <Section bare title={t('fields.title')} about={t('fields.about')}>
      <Select
        className="mb-3 max-w-60"
        label={t('fields.object')}
        value={object?.object}
        onChange={(event) => setChosen(event.target.value)}
        options={objects.map((one) => ({ value: one.object, label: nameOf(one) }))}
      />
      <div className="panel overflow-auto" tabIndex={0} role="region" aria-label={t('fields.title')}>
        <table className="w-full border-separate border-spacing-0 text-base">
          <thead>
            <tr>
              <th className="sticky left-0 z-1 min-w-32 border-b border-line bg-surface px-4 py-2 text-left text-sm font-medium text-soft">{t('fields.field')}</th>
              {narrowed.map((row) => (
                <th key={row.role} scope="col" className="border-b border-line px-2 py-2 text-left text-sm font-medium whitespace-nowrap text-soft">
                  {t(`app:role.${row.role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {object?.fields.map((field) => {
              const label = field.label ?? t(`fields.name.${field.field}` as 'fields.name.email')
              return (
                <tr key={field.field}>
                  <th scope="row" className="sticky left-0 z-1 border-b border-line bg-surface px-4 py-2 text-left font-normal">
                    {label}
                  </th>
                  {narrowed.map((row) => (
                    <td key={row.role} className="min-w-36 border-b border-line px-2 py-1.5">
                      <Select
                        labelHidden
                        label={t('fields.of', { role: t(`app:role.${row.role}`), field: label })}
                        value={(field.rights as Record<string, FieldRight | undefined>)[row.role] ?? 'full'}
                        disabled={!editable}
                        onChange={(event) => {
                          const right = RIGHTS.find((one) => one === event.target.value)
                          if (right) set.mutate({ role: row.role, object: object.object, field: field.field, right: right === 'full' ? null : right })
                        }}
                        options={RIGHTS.filter((right) => right !== 'hidden' || field.can_be_hidden).map((value) => ({ value, label: t(`fields.right.${value}`) }))}
                      />
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
