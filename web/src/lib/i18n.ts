/**
 * Words. Four languages, one file per area and language under src/locales, loaded when
 * an area is first shown. A missing key fails `npm run check`, so there is no fallback language.
 */
import i18n, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { setStored, stored } from './stored'

export const LANGUAGES = ['en', 'es', 'pt', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each language under its own name, as people look for it. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  es: 'Español',
  pt: 'Português',
  fr: 'Français',
}

const files = import.meta.glob<{ default: Record<string, unknown> }>('../locales/*/*.json')

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`../locales/${language}/${namespace}.json`]
    if (!load) return done(new Error(`no words for ${language}/${namespace}`), null)
    load().then(
      (file) => done(null, file.default as Record<string, string>),
      (error: Error) => done(error, null),
    )
  },
}

export function isLanguage(value: string | null | undefined): value is Language {
  return LANGUAGES.includes(value as Language)
}

function firstLanguage(): Language {
  const kept = stored('language')
  if (isLanguage(kept)) return kept
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2))
  return wanted.find(isLanguage) ?? 'en'
}

/** Resolves when the words of the shell are there. */
export async function startI18n(): Promise<void> {
  await i18n
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      supportedLngs: LANGUAGES,
      fallbackLng: false,
      load: 'languageOnly',
      ns: ['ui', 'app'],
      defaultNS: 'app',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    })
  document.documentElement.lang = i18n.language
}

/** Switches the language of the page and keeps the choice in this browser. */
export async function setLanguage(language: Language): Promise<void> {
  setStored('language', language)
  await i18n.changeLanguage(language)
  document.documentElement.lang = language
}
