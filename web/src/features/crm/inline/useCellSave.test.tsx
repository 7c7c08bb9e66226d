import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import i18n from 'i18next'
import type { ReactNode } from 'react'
import { initReactI18next } from 'react-i18next'
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { ApiError, type Problem } from '@/lib/problem'
import { toast, toastError } from '@/ui/Toast'
import ui from '../../../locales/en/ui.json'
import views from '../../../locales/en/views.json'
import { save, type Standing } from '../arrange/change'
import type { CustomField } from '../custom/api'
import { useCellSave } from './useCellSave'
import type { InlineField } from './value'

vi.mock('../arrange/change', () => ({ save: vi.fn() }))
vi.mock('../arrange/api', () => ({ nounOf: (noun: string) => noun }))
vi.mock('../api', () => ({ hasAmount: () => false }))
vi.mock('@/ui/Toast', () => ({ toast: vi.fn(), toastError: vi.fn() }))

beforeAll(() => i18n.use(initReactI18next).init({ lng: 'en', ns: ['ui', 'views'], resources: { en: { ui, views } } }))

const asked = vi.mocked(save)
const city: InlineField = { name: 'city', as: 'plain', field: { key: 'city', kind: 'text' } as unknown as CustomField }
const phone: InlineField = { name: 'phone', as: 'plain', field: { key: 'phone', kind: 'phone' } as unknown as CustomField }
const refusal = (status: number, code: string, fields: Problem['fields'] = []) => new ApiError({ status, code, title: '', detail: '', fields, request_id: null, retry_after: null })

let client: QueryClient
let row: Standing
let count = 0
const KEY = ['company', 'list', {}]
const listed = () => client.getQueryData<{ pages: { items: Record<string, unknown>[] }[] }>(KEY)?.pages[0]?.items[0]
const hook = () => renderHook(() => useCellSave('company', (id) => id), { wrapper: ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider> }).result.current

beforeEach(() => {
  vi.clearAllMocks()
  client = new QueryClient()
  row = { id: `com_${(count += 1)}`, version: 3, name: 'Aurora', actions: ['update'], city: 'Lugo', phone: null } as unknown as Standing
  client.setQueryData(KEY, { pages: [{ items: [row] }], pageParams: [undefined] })
})

it('shows the value before the server has answered, and offers the way back by another change', async () => {
  let answer: (row: Standing) => void = () => undefined
  asked.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)))
  const saved = hook()(city, 'City', row, 'Vigo', vi.fn())
  await waitFor(() => expect(asked).toHaveBeenCalledWith('company', expect.objectContaining({ version: 3 }), { city: 'Vigo' }))
  expect(listed()).toMatchObject({ city: 'Vigo', version: 3 })
  answer({ ...row, city: 'Vigo', version: 4 } as Standing)
  await saved
  expect(listed()).toMatchObject({ city: 'Vigo', version: 4 })
  const told = vi.mocked(toast).mock.calls[0]?.[0]
  expect(told?.text).toBe('City of Aurora changed.')
  asked.mockResolvedValueOnce({ ...row, version: 5 } as Standing)
  told?.undo?.()
  await waitFor(() => expect(toast).toHaveBeenCalledTimes(2))
  expect(asked).toHaveBeenLastCalledWith('company', expect.objectContaining({ version: 4 }), { city: 'Lugo' })
  expect(listed()).toMatchObject({ city: 'Lugo', version: 5 })
})

it('takes the value back and says so at the cell when somebody else was first', async () => {
  asked.mockRejectedValueOnce(refusal(412, 'stale'))
  const refused = vi.fn()
  await hook()(city, 'City', row, 'Vigo', refused)
  expect(listed()).toMatchObject({ city: 'Lugo' })
  expect(refused).toHaveBeenCalledWith('Vigo', { words: views.edit.changed, changed: true })
  expect(client.getQueryState(KEY)?.isInvalidated).toBe(true)
  expect(toast).not.toHaveBeenCalled()
})

it('says the reason of the field itself, and names another field that stands in the way', async () => {
  const refused = vi.fn()
  asked.mockRejectedValueOnce(refusal(422, 'fields', [{ field: 'phone', code: 'phone_invalid', message: 'Write the whole number.' }]))
  await hook()(phone, 'Phone', row, '+34 1', refused)
  expect(refused).toHaveBeenLastCalledWith('+34 1', { words: 'Write the whole number.' })
  asked.mockRejectedValueOnce(refusal(422, 'fields', [{ field: 'custom.level', code: 'required', message: 'Fill this in.' }]))
  await hook()(city, 'City', row, 'Vigo', refused)
  expect(refused.mock.lastCall?.[1].words).toContain('Fill this in. Open the record')
})

it('keeps what is still on its way when an earlier change of the record is answered or refused', async () => {
  asked.mockRejectedValueOnce(refusal(422, 'fields', [{ field: 'phone', code: 'phone_invalid', message: 'No.' }]))
  let answer: (row: Standing) => void = () => undefined
  asked.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)))
  const put = hook()
  const first = put(phone, 'Phone', row, '+34 1', vi.fn())
  const second = put(city, 'City', row, 'Vigo', vi.fn())
  await first
  expect(listed()).toMatchObject({ phone: null, city: 'Vigo' })
  answer({ ...row, city: 'Vigo', version: 4 } as Standing)
  await second
  expect(listed()).toMatchObject({ phone: null, city: 'Vigo', version: 4 })
})

it('tells who took a change back that somebody else was first', async () => {
  asked.mockResolvedValueOnce({ ...row, city: 'Vigo', version: 4 } as Standing).mockRejectedValueOnce(refusal(412, 'stale'))
  const refused = vi.fn()
  await hook()(city, 'City', row, 'Vigo', refused)
  vi.mocked(toast).mock.calls[0]?.[0].undo?.()
  await waitFor(() => expect(refused).toHaveBeenCalledWith('Lugo', { words: views.edit.changed, changed: true }))
  expect(toastError).toHaveBeenCalled()
  expect(listed()).toMatchObject({ city: 'Vigo' })
})
