/**
 * The changes of one record, one after the other. The next one begins at the version that the one before left, so that who
 * fills in a row quickly does not meet their own change as somebody else's; a version that somebody else made is never assumed.
 */
const turns = new Map<string, Promise<unknown>>()
const left = new Map<string, number>()
let underway = 0

const stepOf = (id: string, version: number) => `${id} ${version}`

/** Where our own changes have brought a record that was read at `version`. */
export function versionNow(id: string, version: number): number {
  let now = version
  for (let next = left.get(stepOf(id, now)); next !== undefined && next > now; next = left.get(stepOf(id, now))) now = next
  return now
}

/** Carries out a change when those before it are done. `act` is given the version to change and answers the record. */
export function inLine<R extends { version: number }>(id: string, version: number, act: (version: number) => Promise<R>): Promise<R> {
  underway += 1
  const turn = (turns.get(id) ?? Promise.resolve()).then(async () => {
    try {
      const from = versionNow(id, version)
      const after = await act(from)
      if (after.version > from) left.set(stepOf(id, from), after.version)
      return after
    } finally {
      underway -= 1
    }
  })
  const settled = turn.catch(() => undefined)
  turns.set(id, settled)
  void settled.then(() => {
    if (turns.get(id) === settled) turns.delete(id)
  })
  return turn
}

/** Whether changes of any record are still on their way. */
export const isBusy = (): boolean => underway > 0
