/** Periods of a report: the present month, quarter or year, or so many days back. Pure. */

export const PERIODS = ['days_30', 'days_90', 'days_365', 'month', 'quarter', 'year'] as const
export type Period = (typeof PERIODS)[number]

const day = (date: Date) => date.toISOString().slice(0, 10)

/** First and last day; `today` is the reader's, as YYYY-MM-DD. */
export function spanOf(period: Period, today: string): { from: string; to: string } {
  const now = new Date(`${today}T00:00:00Z`)
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  const first = (m: number) => day(new Date(Date.UTC(year, m, 1)))
  switch (period) {
    case 'month':
      return { from: first(month), to: today }
    case 'quarter':
      return { from: first(Math.floor(month / 3) * 3), to: today }
    case 'year':
      return { from: first(0), to: today }
    default: {
      const from = new Date(now)
      from.setUTCDate(from.getUTCDate() - Number(period.slice('days_'.length)))
      return { from: day(from), to: today }
    }
  }
}
