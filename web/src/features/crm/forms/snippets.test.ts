import { expect, test } from 'vitest'
import { frameOf, plainOf } from './snippets'

const form = {
  path: '/f/contact-1',
  title: 'Say "hello" & <more>',
  submit_label: null,
  consent_number: 2,
  guard: { on: true, trap: true, content: true, key_required: false, limits: true, proof: false, threshold: 60, timing: true },
  consent_required: true,
  fields: [
    { kind: 'email' as const, key: 'email', label: 'E-mail', required: true, choices: [] },
    { kind: 'choice' as const, key: 'q_size', label: 'Size', required: false, choices: ['<5', 'more'] },
    { kind: 'file' as const, key: 'q_files', label: 'Drawings', required: false, choices: [], files: { count: 2, megabytes: 5, kinds: ['pdf' as const] } },
  ],
}

test('a frame names the form, escaped', () => {
  expect(frameOf(form, 'https://omb.example')).toContain('src="https://omb.example/f/contact-1" title="Say &quot;hello&quot; &amp; &lt;more&gt;"')
})

test('a plain form sends every field, and the text that was agreed to', () => {
  const html = plainOf(form, 'https://omb.example', { submit: 'Send', consent: 'I agree.' })
  expect(html).toContain('action="https://omb.example/f/contact-1"')
  expect(html).toContain('<input name="email" type="email" required>')
  expect(html).toContain('<option>&lt;5</option>')
  expect(html).toContain('name="consent_number" value="2"')
  expect(html).toContain('accept-charset="utf-8" enctype="multipart/form-data">')
  expect(html).toContain('<input name="q_files" type="file" multiple>')
  expect(html).toContain('name="hp_homepage" tabindex="-1"')
  expect(html).toContain('<button>Send</button>')
})
