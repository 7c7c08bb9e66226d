/** The frame of the pages before signing in: the form, and what this program does in five steps. */
import { Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, LANGUAGE_NAMES, setLanguage, type Language } from '@/lib/i18n'
import { setTheme } from '@/lib/look'
import { useTitle } from '@/lib/title'
import { IconButton } from '@/ui/IconButton'
import { Logo } from '@/ui/Logo'
import { Select } from '@/ui/Select'

type Props = { title: string; about?: ReactNode; children: ReactNode; foot?: ReactNode; wide?: boolean }

export function PublicLayout({ title, about, children, foot, wide }: Props) {
  const { t, i18n } = useTranslation('identity')
  useTitle(title)
  return (
    <div className="flex min-h-dvh bg-bg">
      <div className="flex min-w-0 flex-1 flex-col px-6 py-5 sm:px-10">
        <header className="flex items-center justify-between gap-4">
          <Logo />
          <div className="flex items-center gap-1">
            <IconButton
              label={t('public.theme')}
              icon={<><Sun className="size-4 dark:hidden" /><Moon className="hidden size-4 dark:block" /></>}
              onClick={() => setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark')}
            />
            <Select
              label={t('public.language')}
              labelHidden
              className="w-32"
              value={i18n.language}
              onChange={(event) => void setLanguage(event.target.value as Language)}
              options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
            />
          </div>
        </header>
        <main className="flex flex-1 flex-col justify-center py-10">
          <div className={`mx-auto w-full ${wide ? 'max-w-lg' : 'max-w-sm'}`}>
            <h1 className="text-2xl">{title}</h1>
            {about && <div className="mt-1 text-base text-soft">{about}</div>}
            <div className="mt-6">{children}</div>
            {foot && <div className="mt-6 text-base text-soft [&_a]:font-medium [&_a]:text-accent-ink [&_a]:hover:underline">{foot}</div>}
          </div>
        </main>
      </div>
      <Story />
    </div>
  )
}

/** The path of the money, from a name on a list to a paid invoice. */
function Story() {
  const { t } = useTranslation('identity')
  const steps = ['contact', 'deal', 'quote', 'invoice', 'paid'] as const
  return (
    <aside className="hidden w-[44%] max-w-2xl flex-col justify-center border-l border-line bg-sunken px-14 py-12 lg:flex">
      <p className="max-w-md text-3xl leading-tight font-semibold tracking-tight">{t('public.story')}</p>
      <ol className="mt-10 max-w-md">
        {steps.map((step, index) => (
          <li key={step} className="relative flex gap-4 pb-6 last:pb-0">
            {index < steps.length - 1 && <span aria-hidden className="absolute top-8 bottom-0 left-[0.9375rem] w-px bg-line" />}
            <span aria-hidden className="tabular z-1 flex size-8 shrink-0 items-center justify-center rounded-full border border-line bg-surface text-sm font-semibold text-accent-ink">
              {index + 1}
            </span>
            <div className="pt-1">
              <p className="text-base font-medium">{t(`public.step.${step}.title`)}</p>
              <p className="text-base text-soft">{t(`public.step.${step}.text`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </aside>
  )
}
