/** Which records each role sees of each noun: all, those of one's teams, or one's own. */
import { useTranslation } from 'react-i18next'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { rolesQuery, setReach, type ReachNoun, type Role, type RoleTable, type Span } from '../api'
import { usePermissionName } from '../permissionName'
import { useChangeAtOnce } from './changeAtOnce'

const NOUNS: ReachNoun[] = ['company', 'contact', 'deal', 'lead', 'custom_record', 'activity']
const SPANS: Span[] = ['all', 'team', 'own']

type Change = { role: Role; noun: ReachNoun; span: Span }

function changed(table: RoleTable, { role, noun, span }: Change): RoleTable {
  return { ...table, roles: table.roles.map((row) => (row.role === role ? { ...row, reach: { ...row.reach, [noun]: span } } : row)) }
}

export function RoleReach({ table }: { table: RoleTable }) {
  const { t } = useTranslation('identity')
  const name = usePermissionName()
  const set = useChangeAtOnce(rolesQuery.queryKey, {
    save: (change: Change) => setReach(change.role, change.noun, change.span),
    changed,
    nouns: ['role', 'me'],
  })
  const narrowed = table.roles.filter((row) => row.role !== 'owner')
  return (
    <Section bare title={t('reach.title')} about={t('reach.about')}>
      <div className="panel overflow-auto" tabIndex={0} role="region" aria-label={t('reach.title')}>
        <table className="w-full border-separate border-spacing-0 text-base">
          <thead>
            <tr>
              <th className="sticky left-0 z-1 min-w-32 border-b border-line bg-surface px-4 py-2 text-left text-sm font-medium text-soft">{t('reach.records')}</th>
              {narrowed.map((row) => (
                <th key={row.role} scope="col" className="border-b border-line px-2 py-2 text-left text-sm font-medium whitespace-nowrap text-soft">
                  {t(`app:role.${row.role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {NOUNS.map((noun) => (
              <tr key={noun}>
                <th scope="row" className="sticky left-0 z-1 border-b border-line bg-surface px-4 py-2 text-left font-normal">
                  {name.noun(noun)}
                </th>
                {narrowed.map((row) => (
                  <td key={row.role} className="min-w-32 border-b border-line px-2 py-1.5">
                    <Select
                      labelHidden
                      label={t('reach.of', { role: t(`app:role.${row.role}`), noun: name.noun(noun) })}
                      value={row.reach[noun] ?? 'all'}
                      disabled={!row.editable}
                      onChange={(event) => {
                        const span = SPANS.find((one) => one === event.target.value)
                        if (span) set.mutate({ role: row.role, noun, span })
                      }}
                      options={SPANS.map((value) => ({ value, label: t(`reach.span.${value}`) }))}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
