/** Clock times of a zone ("2026-10-25T09:30", as the browser's own fields have them) and instants. */

const PARTS: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }

/** What clocks in the zone show at an instant, in milliseconds as if it were UTC. */
function shown(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { ...PARTS, timeZone: zone }).formatToParts(new Date(at))
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

/** An instant as the zone's clocks show it, to the minute; blank for none. */
export function toClock(instant: string | null | undefined, zone: string): string {
  if (!instant) return ''
  return new Date(shown(new Date(instant).getTime(), zone)).toISOString().slice(0, 16)
}

/**
 * The instant at which the zone's clocks show a time; null when it is no time. Where clocks are set back the first
 * of the two instants; where they are set forward, and skip the time, as much later as they skip.
 */
export function fromClock(clock: string, zone: string): string | null {
  // Browsers read much else as a date.
  const wanted = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(clock) ? Date.parse(`${clock}:00Z`) : Number.NaN
  if (Number.isNaN(wanted)) return null
  const day = 86_400_000
  const offsets = [wanted - day, wanted + day].map((at) => shown(at, zone) - at)
  const fitting = offsets.map((offset) => wanted - offset).filter((at) => shown(at, zone) === wanted)
  const at = fitting.length > 0 ? Math.min(...fitting) : wanted - (offsets[0] ?? 0)
  return new Date(at).toISOString().replace('.000Z', 'Z')
}
