/** Navigation by area: a column on wide screens, a bar and a drawer on phones. */
import { Link, useLocation } from '@tanstack/react-router'
import { Box, Ellipsis, Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { Bell, UnreadDot } from '@/features/crm/notifications/Bell'
import { useObjects } from '@/features/crm/objects/api'
import { cx } from '@/lib/cx'
import { Kbd } from '@/ui/Kbd'
import { Mark } from '@/ui/Logo'
import { Sheet } from '@/ui/Sheet'
import { AccountMenu } from './AccountMenu'
import { AREAS, type Area } from './areas'
import { openPalette } from './overlay'
import { TenantSwitch } from './TenantSwitch'

function useAreas(): Area[] {
  const { permissions } = useMe()
  return AREAS.filter((area) => !area.permission || permissions.includes(area.permission))
}

const GROUPS = ['top', 'customers', 'money', 'tools', 'end'] as const

export function SideNav() {
  const { t } = useTranslation('app')
  return (
    <div className="flex w-58 shrink-0 flex-col border-r border-line bg-sunken max-md:hidden">
      <div className="flex items-center gap-1 px-3 pt-3">
        <div className="min-w-0 flex-1">
          <TenantSwitch />
        </div>
        <Bell />
      </div>
      <div className="px-3 pt-2 pb-1">
        <button
          type="button"
          onClick={openPalette}
          className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 text-base text-faint shadow-sm hover:border-edge hover:text-soft"
        >
          <Search aria-hidden className="size-4" />
          <span className="flex-1 text-left">{t('nav.search')}</span>
          <Kbd keys="mod+k" />
        </button>
      </div>
      <nav aria-label={t('nav.label')} className="flex min-h-0 flex-1 flex-col overflow-y-auto px-3 pb-2">
        <AreaList />
      </nav>
      <div className="border-t border-line p-2">
        <AccountMenu />
      </div>
    </div>
  )
}

function AreaList({ onPick }: { onPick?: () => void }) {
  const { t } = useTranslation('app')
  const areas = useAreas()
  const own = useObjects()
  return GROUPS.map((group) => {
    const members = areas.filter((area) => area.group === group)
    if (members.length === 0) return null
    const titled = group === 'customers' || group === 'money' || group === 'tools'
    return (
      <div key={group} className={cx('pt-2', group === 'end' && 'md:mt-auto')}>
        {titled && <div className="px-2 pt-1.5 pb-1 text-xs font-medium text-faint">{t(`nav.group.${group}`)}</div>}
        <ul className="flex flex-col gap-px">
          {members.map((area) => (
            <li key={area.id}>
              <AreaLink area={area} onPick={onPick} />
            </li>
          ))}
          {group === 'customers' &&
            own.map((object) => (
              <li key={object.id}>
                <Link to="/objects/$id" params={{ id: object.id }} onClick={onPick} className={entry}>
                  <Box aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
                  <span dir="auto" className="truncate">
                    {object.plural}
                  </span>
                </Link>
              </li>
            ))}
        </ul>
      </div>
    )
  })
}

/** A line of the navigation. */
const entry =
  'flex h-8 items-center gap-2.5 rounded-md px-2 text-base text-soft transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:shadow-sm max-md:h-11 max-md:gap-3 max-md:px-3 dark:aria-[current=page]:bg-hover'

function AreaLink({ area, onPick }: { area: Area; onPick?: (() => void) | undefined }) {
  const { t } = useTranslation('app')
  const Icon = area.icon
  return (
    <Link
      to={area.to}
      activeOptions={{ exact: area.to === '/' }}
      onClick={onPick}
      className={entry}
    >
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      {t(area.name)}
    </Link>
  )
}

const ON_PHONE = ['home', 'deals', 'invoices']

export function BottomBar() {
  const { t } = useTranslation('app')
  const [more, setMore] = useState(false)
  const areas = useAreas()
  const path = useLocation({ select: (location) => location.pathname })
  const main = ON_PHONE.flatMap((id) => areas.filter((area) => area.id === id))
  const elsewhere = !main.some((area) => (area.to === '/' ? path === '/' : path.startsWith(area.to)))
  const item = 'flex min-h-13 flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-soft aria-[current=page]:text-accent-ink'
  return (
    <>
      <nav aria-label={t('nav.label')} className="flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden">
        {main.map((area) => (
          <Link key={area.id} to={area.to} activeOptions={{ exact: area.to === '/' }} data-inset-focus className={item}>
            <area.icon aria-hidden className="size-5" strokeWidth={1.75} />
            <span className="max-w-full truncate px-1">{t(area.name)}</span>
          </Link>
        ))}
        <button type="button" onClick={openPalette} data-inset-focus className={item}>
          <Search aria-hidden className="size-5" strokeWidth={1.75} />
          {t('nav.find')}
        </button>
        <button type="button" aria-expanded={more} onClick={() => setMore(true)} data-inset-focus className={cx(item, 'relative', elsewhere && 'text-accent-ink')}>
          <UnreadDot />
          <Ellipsis aria-hidden className="size-5" strokeWidth={1.75} />
          {t('nav.more')}
        </button>
      </nav>
      <Sheet open={more} onClose={() => setMore(false)} title={t('nav.label')} titleHidden side="left">
        <div className="flex min-h-full flex-col">
          <div className="flex items-center gap-2 px-3 pt-3 pr-14">
            <div className="min-w-0 flex-1">
              <TenantSwitch />
            </div>
            <Bell onPick={() => setMore(false)} />
          </div>
          <nav aria-label={t('nav.label')} className="flex-1 px-3 pb-3">
            <AreaList onPick={() => setMore(false)} />
          </nav>
          <div className="border-t border-line p-2">
            <AccountMenu onPick={() => setMore(false)} />
          </div>
          <div className="flex items-center gap-2 px-4 pb-4 text-sm text-faint">
            <Mark className="size-5" /> OMB Cloud
          </div>
        </div>
      </Sheet>
    </>
  )
}
