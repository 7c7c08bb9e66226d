/** The command palette: find a record, go somewhere, make something, change a setting. All by typing. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Box, Keyboard, Languages, LogOut, Moon, Plus, Rows3, Sun } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ok } from '@/api/client'
import { useMe } from '@/api/me'
import { useObjects } from '@/features/crm/objects/api'
import { useDebounced } from '@/lib/debounce'
import { LANGUAGES, LANGUAGE_NAMES } from '@/lib/i18n'
import { setDensity, setTheme, useDensity } from '@/lib/look'
import { kindOf, pageOf } from '@/lib/record'
import { Kbd } from '@/ui/Kbd'
import { Listbox, type ListboxItem } from '@/ui/Listbox'
import { AREAS, CREATES } from './areas'
import { chooseLanguage } from './language'
import { closeOverlay, openShortcuts } from './overlay'
import { useSignOut } from './session'
import { useReturnedFocus } from '@/ui/returnFocus'

type Command = { id: string; words: string; icon: ReactNode; run: () => void; group: string; keys?: string }

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export default function Palette() {
  const { t } = useTranslation('app')
  const [typed, setTyped] = useState('')
  const q = useDebounced(typed.trim(), 150)
  const found = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => ok(api.GET('/api/v1/search', { params: { query: { q } }, signal })),
    enabled: q.length > 0,
    placeholderData: (previous) => previous,
  })
  const commands = useCommands()
  const navigate = useNavigate()
  const words = fold(typed.trim()).split(/\s+/)
  const matching = commands.filter((command) => words.every((word) => fold(command.words).includes(word)))
  const hits = typed.trim() ? (found.data?.items ?? []) : []

  const records: ListboxItem[] = hits.flatMap((hit) => {
    const page = pageOf(hit.id)
    const kind = kindOf(hit.id)
    if (!page || !kind) return []
    return {
      id: hit.id,
      group: t('palette.records'),
      run: () => {
        closeOverlay()
        void navigate(page)
      },
      content: (
        <>
          <span className="w-20 shrink-0 truncate text-xs text-faint">{t(`kind.${kind}`)}</span>
          <span className="min-w-0 truncate">{hit.title}</span>
          {hit.subtitle && <span className="min-w-0 flex-1 truncate text-sm text-faint">{hit.subtitle}</span>}
        </>
      ),
    }
  })
  const acts: ListboxItem[] = matching.map((command) => ({
    id: command.id,
    group: command.group,
    run: () => {
      closeOverlay()
      command.run()
    },
    content: (
      <>
        <span className="flex size-4 shrink-0 items-center justify-center text-faint">{command.icon}</span>
        <span className="min-w-0 flex-1 truncate">{command.words}</span>
        {command.keys && <Kbd keys={command.keys} />}
      </>
    ),
  }))
  const focus = useReturnedFocus(true)
  return (
    <Radix.Root open onOpenChange={(open) => !open && closeOverlay()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-[fade_100ms] bg-veil" />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(40rem,94vw)] -translate-x-1/2 animate-[fade_100ms] overflow-hidden rounded-xl border border-line bg-raised shadow-lg outline-none max-md:top-3"
        >
          <Radix.Title className="sr-only">{t('palette.title')}</Radix.Title>
          <Listbox
            size="lg"
            label={t('palette.title')}
            placeholder={t('palette.placeholder')}
            items={[...records, ...acts]}
            query={typed}
            onQuery={setTyped}
            busy={found.isFetching}
            empty={found.isFetching || q !== typed.trim() ? t('palette.searching') : t('palette.nothing')}
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function useCommands(): Command[] {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const density = useDensity()
  const signOut = useSignOut()
  const objects = useObjects()
  const { permissions } = useMe()
  const may = (permission: string | undefined) => !permission || permissions.includes(permission)
  const icon = 'size-4'
  return [
    ...AREAS.filter((area) => may(area.permission)).map((area) => ({
      id: `go-${area.id}`,
      group: t('palette.go_to'),
      words: t(area.name),
      icon: <area.icon className={icon} />,
      keys: `g ${area.key}`,
      run: () => void navigate({ to: area.to }),
    })),
    ...objects.map((object) => ({
      id: `go-${object.id}`,
      group: t('palette.go_to'),
      words: object.plural,
      icon: <Box className={icon} />,
      run: () => void navigate({ to: '/objects/$id', params: { id: object.id } }),
    })),
    ...CREATES.filter((create) => may(create.permission)).map((create) => ({
      id: `new-${create.id}`,
      group: t('palette.create'),
      words: t(create.name),
      icon: <Plus className={icon} />,
      run: () => void navigate({ to: create.to, search: { new: true } }),
    })),
    { id: 'light', group: t('palette.actions'), words: t('palette.light'), icon: <Sun className={icon} />, run: () => setTheme('light') },
    { id: 'dark', group: t('palette.actions'), words: t('palette.dark'), icon: <Moon className={icon} />, run: () => setTheme('dark') },
    {
      id: 'density',
      group: t('palette.actions'),
      words: t(density === 'compact' ? 'palette.comfortable' : 'palette.compact'),
      icon: <Rows3 className={icon} />,
      run: () => setDensity(density === 'compact' ? 'comfortable' : 'compact'),
    },
    ...LANGUAGES.map((language) => ({
      id: `language-${language}`,
      group: t('palette.actions'),
      words: t('palette.language', { name: LANGUAGE_NAMES[language] }),
      icon: <Languages className={icon} />,
      run: () => void chooseLanguage(language),
    })),
    { id: 'shortcuts', group: t('palette.actions'), words: t('shortcut.list'), icon: <Keyboard className={icon} />, keys: '?', run: openShortcuts },
    { id: 'sign-out', group: t('palette.actions'), words: t('account.sign_out'), icon: <LogOut className={icon} />, run: signOut },
  ]
}
