import { expect, it } from 'vitest'
import { inLine, isBusy, versionNow } from './line'

it('lets the changes of one record follow each other from version to version', async () => {
  const asked: number[] = []
  const act = async (version: number) => {
    asked.push(version)
    await Promise.resolve()
    return { version: version + 1 }
  }
  const both = Promise.all([inLine('rec_1', 4, act), inLine('rec_1', 4, act)])
  expect(isBusy()).toBe(true)
  await both
  expect(asked).toEqual([4, 5])
  expect([versionNow('rec_1', 4), versionNow('rec_1', 5), versionNow('rec_2', 4)]).toEqual([6, 6, 4])
  expect(isBusy()).toBe(false)
})

it('assumes no version that somebody else made', async () => {
  await inLine('rec_3', 1, async () => ({ version: 2 }))
  const refused = inLine('rec_3', 1, async (version) => {
    expect(version).toBe(2)
    throw new Error('412')
  })
  await expect(refused).rejects.toThrow('412')
  // What was refused has moved nothing, and holds up nobody.
  expect(versionNow('rec_3', 1)).toBe(2)
  await expect(inLine('rec_3', 7, async (version) => ({ version }))).resolves.toEqual({ version: 7 })
})
