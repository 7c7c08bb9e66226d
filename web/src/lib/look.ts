/** Theme and density: chosen by the person, kept in this browser, set on <html> before first paint by theme.js. */
import { useSyncExternalStore } from 'react'
import { setStored, stored } from './stored'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
export const DENSITIES = ['comfortable', 'compact'] as const
export type Density = (typeof DENSITIES)[number]

const listeners = new Set<() => void>()
const system = () => matchMedia('(prefers-color-scheme: dark)')

function readTheme(): Theme {
  const kept = stored('theme')
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

function readDensity(): Density {
  return stored('density') === 'compact' ? 'compact' : 'comfortable'
}

let theme: Theme = readTheme()
let density: Density = readDensity()

function apply(): void {
  const dark = theme === 'dark' || (theme === 'system' && system().matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  document.documentElement.dataset.density = density
  listeners.forEach((listener) => listener())
}

export function setTheme(next: Theme): void {
  theme = next
  setStored('theme', next === 'system' ? null : next)
  apply()
}

export function setDensity(next: Density): void {
  density = next
  setStored('density', next === 'comfortable' ? null : next)
  apply()
}

/** Follows the system while the choice is "system". Called once at start. */
export function watchSystemTheme(): void {
  system().addEventListener('change', apply)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, () => theme)
export const useDensity = (): Density => useSyncExternalStore(subscribe, () => density)
