/** Small choices kept in this browser (theme, density, language, columns). Never personal data. */

/** The kept value, or null also where storage is refused (private windows). */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(`omb.${key}`)
  } catch {
    return null
  }
}

/** Keeps `value`, or forgets the key when it is null. Silent where storage is refused. */
export function setStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`omb.${key}`)
    else localStorage.setItem(`omb.${key}`, value)
  } catch {
    // The choice then lasts for this visit only.
  }
}
