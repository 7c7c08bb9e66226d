// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { compare, notLoaded, usedKeys } from './locales.mjs'

const full = { en: { a: 'One' }, es: { a: 'Uno' }, pt: { a: 'Um' }, fr: { a: 'Un' } }

describe('compare', () => {
  it('is silent about complete words', () => {
    expect(compare('x', full)).toEqual([])
  })

  it('names a key that one language lacks', () => {
    expect(compare('x', { ...full, pt: {} })).toEqual(['pt/x: a is missing'])
  })

  it('names an empty word', () => {
    expect(compare('x', { ...full, fr: { a: ' ' } })).toContain('fr/x: a is empty')
  })

  it('asks for every plural form of the language', () => {
    const forms = { n_one: '{{count}} file', n_other: '{{count}} files' }
    const problems = compare('x', { en: forms, es: forms, pt: forms, fr: forms })
    expect(problems).toContain('es/x: plural n_many is missing')
    expect(problems.some((problem) => problem.startsWith('en/'))).toBe(false)
  })

  it('compares placeholders', () => {
    expect(compare('x', { ...full, en: { a: 'Hi {{name}}' } })).toContain('es/x: a has other placeholders than English')
  })
})

describe('usedKeys', () => {
  const keys = (text) => usedKeys(text, ['ui', 'crm']).filter((key) => !key.soft).map(({ namespace, path, exact }) => `${namespace}:${path}${exact ? '' : '*'}`)

  it('finds literal, foreign, conditional and built keys', () => {
    const found = keys("const { t } = useTranslation('crm'); t('edit'); t('ui:dialog.save'); t(open ? 'a.b' : 'a.c', { count }); t(`state.${x}`)")
    expect(found).toEqual(expect.arrayContaining(['crm:edit', 'ui:dialog.save', 'crm:a.b', 'crm:a.c', 'crm:state.*']))
  })

  it('does not take a compared word for a key', () => {
    expect(keys("useTranslation('crm'); t(view === 'list' ? 'a' : 'b')")).not.toContain('crm:list')
  })
})

describe('notLoaded', () => {
  it('names what is used and was not asked for', () => {
    expect(notLoaded("useTranslation('a'); t('crm:x'); t('ui:y')", ['a', 'crm', 'ui'])).toEqual(['crm'])
    expect(notLoaded("useTranslation(['a', 'crm']); t(`crm:x.${y}`)", ['a', 'crm'])).toEqual([])
  })
})
