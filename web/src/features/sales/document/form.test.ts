import { describe, expect, it } from 'vitest'
import { blankLine, documentForm, documentInput, fieldOf, inDays, isBlank, pricedInput, schemaOf, type DocumentForm } from './form'

const IVA = { category: 'S', rate: '21', name: 'IVA', withheld: false }

function form(change: Partial<DocumentForm> = {}): DocumentForm {
  return {
    ...documentForm({
      title: 'Brakes',
      company: { id: 'com_1', name: 'Aurora' },
      contact: null,
      deal: null,
      language: 'es',
      currency: 'EUR',
      prices_include_tax: false,
      allowance: { percent: '5' },
      lines: [{ description: 'Pads', details: null, quantity: '2', unit: null, unit_price: '37.76', discount: { amount: '5.00' }, taxes: [IVA] }],
      notes: null,
      reference: null,
    }),
    ...change,
  }
}

describe('the document form', () => {
  it('gives back what it was made of, decimals untouched', () => {
    expect(documentInput(form())).toEqual({
      company_id: 'com_1',
      contact_id: null,
      language: 'es',
      currency: 'EUR',
      prices_include_tax: false,
      allowance: { percent: '5' },
      lines: [{ description: 'Pads', details: null, quantity: '2', unit: null, unit_price: '37.76', discount: { amount: '5.00' }, taxes: [IVA] }],
      notes: null,
      reference: null,
    })
  })

  it('leaves blank lines out of what is saved, but keeps their place in what is computed', () => {
    const value = form()
    value.lines.unshift(blankLine([IVA]))
    expect(documentInput(value).lines).toHaveLength(1)
    expect(pricedInput(value).lines.map((line) => line.unit_price)).toEqual(['0', '37.76'])
  })

  it('takes a discount of nothing as no discount', () => {
    expect(documentInput(form({ allowance: '0.00' })).allowance).toBeNull()
  })

  it('asks a title of a quote and none of an invoice', () => {
    expect(schemaOf('quote').safeParse(form({ title: ' ' })).success).toBe(false)
    expect(schemaOf('invoice').safeParse(form({ title: '' })).success).toBe(true)
  })

  it('asks a description and a price of a line that is not blank, and nothing of one that is', () => {
    const begun = { ...blankLine([]), details: 'x' }
    expect(isBlank(begun)).toBe(false)
    const judged = schemaOf('quote').safeParse(form({ lines: [begun] }))
    expect(judged.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['lines.0.description', 'lines.0.unit_price'])
    expect(schemaOf('quote').safeParse(form({ lines: [blankLine([])] })).success).toBe(true)
  })
})

describe('inDays', () => {
  it('counts calendar days over months and leap days', () => {
    expect(inDays(30, '2026-11-23')).toBe('2026-12-23')
    expect(inDays(1, '2028-02-28')).toBe('2028-02-29')
    expect(inDays(0, '2026-03-29')).toBe('2026-03-29')
  })
})

describe('fieldOf', () => {
  const lines = [blankLine([]), ...form().lines]
  it('finds the row the server means, though blank rows were not sent', () => {
    expect(fieldOf('lines.0.quantity', lines)).toBe('lines.1.quantity')
    expect(fieldOf('lines[0].taxes[0].rate', lines)).toBe('lines.1.taxes')
    expect(fieldOf('lines.7.quantity', lines)).toBeNull()
  })
  it('knows our names of references, and says when it has no place', () => {
    expect(fieldOf('company_id', lines)).toBe('company')
    expect(fieldOf('allowance.percent', lines)).toBe('allowance')
    expect(fieldOf('lines', lines)).toBeNull()
    expect(fieldOf('number', lines)).toBeNull()
  })
})
