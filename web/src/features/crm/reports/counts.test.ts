import { expect, test } from 'vitest'
import { countsOf, type Report } from './api'

test('a report without its amounts keeps each count under its column', () => {
  const report = {
    kind: 'pipeline',
    columns: [
      { key: 'deals', unit: 'count', currency: null },
      { key: 'amount', unit: 'money', currency: 'EUR' },
      { key: 'of_all', unit: 'percent', currency: null },
    ],
    rows: [{ id: null, label: 'Proposal', special: null, values: ['3', null, '50'] }],
  } as unknown as Report
  const counts = countsOf(report)
  expect(counts.columns.map((column) => column.key)).toEqual(['deals', 'of_all'])
  expect(counts.rows[0]?.values).toEqual(['3', '50'])
})
