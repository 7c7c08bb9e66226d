import { describe, expect, it } from 'vitest'
import { strengthOf } from './strength'

describe('strengthOf', () => {
  it('warns of short ones first', () => {
    expect(strengthOf('Aa1!', [])).toEqual({ score: 0, advice: 'short' })
    expect(strengthOf('Aa1!Aa1!', []).advice).toBe('short')
  })

  it('warns of one’s own name, mail and company in it', () => {
    expect(strengthOf('Lighthouse-2026', ['ana@lighthouse.mx']).advice).toBe('personal')
    expect(strengthOf('xx-fernandez-99', ['Ana Fernandez']).advice).toBe('personal')
  })

  it('warns of repetition', () => {
    expect(strengthOf('aaaaaaaaaaaa', []).advice).toBe('repeats')
    expect(strengthOf('abcabcabcabc', []).advice).toBe('repeats')
  })

  it('is content with length and variety', () => {
    expect(strengthOf('quiet otter paints maps', []).score).toBeGreaterThanOrEqual(3)
    expect(strengthOf('v8$Kq!zR2m#Lp0Xw', []).score).toBe(4)
  })
})
