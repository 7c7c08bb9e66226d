/** The person at the foot of the navigation: profile, looks, language, help, sign out. */
import { useNavigate } from '@tanstack/react-router'
import { Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { LANGUAGES, LANGUAGE_NAMES } from '@/lib/i18n'
import { DENSITIES, THEMES, setDensity, setTheme, useDensity, useTheme } from '@/lib/look'
import { Avatar } from '@/ui/Avatar'
import { Menu } from '@/ui/Menu'
import { chooseLanguage } from './language'
import { openShortcuts } from './overlay'
import { useSignOut } from './session'

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon }

export function AccountMenu({ onPick }: { onPick?: () => void }) {
  const { t, i18n } = useTranslation('app')
  const me = useMe()
  const theme = useTheme()
  const density = useDensity()
  const navigate = useNavigate()
  const signOut = useSignOut()
  const go = (to: '/settings/profile') => {
    onPick?.()
    void navigate({ to })
  }
  return (
    <Menu
      align="start"
      side="top"
      className="w-58"
      trigger={
        <button type="button" className="flex h-11 w-full min-w-0 items-center gap-2.5 rounded-md px-1.5 text-left hover:bg-hover">
          <Avatar name={me.account.name} picture={me.account.picture_url} size="md" />
          <span className="min-w-0 flex-1">
            <span className="block truncate text-base leading-tight font-medium">{me.account.name}</span>
            <span className="block truncate text-xs text-faint">{t(`role.${me.member.role}`)}</span>
          </span>
          <span className="sr-only">{t('account.menu')}</span>
        </button>
      }
      items={[
        { label: t('account.profile'), icon: <UserRound className="size-4" />, run: () => go('/settings/profile') },
        { label: t('shortcut.list'), icon: <Keyboard className="size-4" />, run: openShortcuts },
        { heading: t('account.theme') },
        ...THEMES.map((choice) => {
          const Icon = THEME_ICONS[choice]
          return { label: t(`theme.${choice}`), icon: <Icon className="size-4" />, checked: theme === choice, run: () => setTheme(choice) }
        }),
        { heading: t('account.density') },
        ...DENSITIES.map((choice) => ({ label: t(`density.${choice}`), checked: density === choice, run: () => setDensity(choice) })),
        { heading: t('account.language') },
        ...LANGUAGES.map((language) => ({
          label: LANGUAGE_NAMES[language],
          checked: i18n.language === language,
          run: () => void chooseLanguage(language),
        })),
        'line',
        { label: t('account.sign_out'), icon: <LogOut className="size-4" />, run: signOut },
      ]}
    />
  )
}
