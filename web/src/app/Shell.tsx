/** The frame around every signed-in page: navigation, live connection, palette, shortcut list. */
import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { openEvents } from '@/api/events'
import { useMe } from '@/api/me'
import { settingQuery } from '@/features/crm/notifications/api'
import { setRegion } from '@/lib/format'
import { useShortcut } from '@/lib/shortcuts'
import { PageSkeleton } from '@/ui/Skeleton'
import { AREAS } from './areas'
import { ConnectionBar } from './ConnectionBar'
import { BottomBar, SideNav } from './Navigation'
import { openPalette, openShortcuts, useOverlay } from './overlay'

const Palette = lazy(() => import('./Palette'))
const ShortcutList = lazy(() => import('./ShortcutList'))
const BulkProgress = lazy(() => import('@/features/crm/bulk/BulkProgress'))

export function Shell() {
  const { t } = useTranslation('app')
  const me = useMe()
  const overlay = useOverlay()
  const path = useLocation({ select: (location) => location.pathname })
  const seenPath = useRef(path)
  const zone = useQuery({ ...settingQuery, enabled: me.permissions.includes('notification.own') }).data?.time_zone
  setRegion(me.tenant.country, zone ?? me.tenant.time_zone)
  const mayWatch = me.permissions.includes('event.watch')
  useEffect(() => (mayWatch ? openEvents() : undefined), [me.tenant.id, mayWatch])
  useShortcut({ keys: 'mod+k', label: t('shortcut.palette'), group: t('shortcut.everywhere') }, openPalette)
  useShortcut({ keys: '?', label: t('shortcut.list'), group: t('shortcut.everywhere') }, openShortcuts)
  useEffect(() => {
    // A new page starts at its beginning for screen readers, as a page load would.
    if (seenPath.current === path) return
    seenPath.current = path
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [path])
  return (
    <div className="flex h-dvh flex-col bg-bg">
      <a href="#main" className="sr-only z-80 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {t('skip')}
      </a>
      <ConnectionBar />
      <div className="flex min-h-0 flex-1">
        <SideNav />
        <main id="main" tabIndex={-1} className="relative flex min-w-0 flex-1 flex-col overflow-hidden outline-none focus-visible:outline-none">
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BottomBar />
      {AREAS.map((area) => (
        <GoTo key={area.id} area={area} />
      ))}
      <Suspense>
        {overlay === 'palette' && <Palette />}
        {overlay === 'shortcuts' && <ShortcutList />}
        {me.permissions.includes('bulk_change.use') && <BulkProgress />}
      </Suspense>
    </div>
  )
}

function GoTo({ area }: { area: (typeof AREAS)[number] }) {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const allowed = useMe().permissions
  useShortcut({ keys: `g ${area.key}`, label: t(area.name), group: t('shortcut.go_to') }, () => void navigate({ to: area.to }), !area.permission || allowed.includes(area.permission))
  return null
}
