/** What is put into a page of one's own site: the form in a frame, or a form that needs nothing of ours but its address. */
import type { WebForm } from './api'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const addressOf = (form: Pick<WebForm, 'path'>, site: string) => `${site}${form.path}`

export const frameOf = (form: Pick<WebForm, 'path' | 'title'>, site: string) =>
  `<iframe src="${escaped(addressOf(form, site))}" title="${escaped(form.title)}" width="100%" height="720" style="border:0"></iframe>`

const TYPES: Record<string, string> = { email: 'email', phone: 'tel' }

export function plainOf(form: Pick<WebForm, 'path' | 'title' | 'fields' | 'submit_label' | 'guard' | 'consent_number' | 'consent_required'>, site: string, words: { submit: string; consent: string }): string {
  const lines = form.fields.map((field) => {
    const [name, label] = [escaped(field.key), escaped(field.label)]
    const required = field.required ? ' required' : ''
    if (field.kind === 'message' || field.kind === 'long_text') return `  <label>${label} <textarea name="${name}"${required}></textarea></label>`
    if (field.kind === 'choice') {
      const options = (field.choices ?? []).map((choice) => `<option>${escaped(choice)}</option>`).join('')
      return `  <label>${label} <select name="${name}"${required}><option></option>${options}</select></label>`
    }
    if (field.kind === 'file') return `  <label>${label} <input name="${name}" type="file"${(field.files?.count ?? 5) > 1 ? ' multiple' : ''}${required}></label>`
    return `  <label>${label} <input name="${name}" type="${TYPES[field.kind] ?? 'text'}"${required}></label>`
  })
  if (form.guard.on && form.guard.trap) lines.push('  <input name="hp_homepage" tabindex="-1" autocomplete="off" aria-hidden="true" hidden>')
  if (form.consent_number) {
    lines.push(`  <input type="hidden" name="consent_number" value="${form.consent_number}">`)
    lines.push(`  <label><input type="checkbox" name="consent" value="yes"${form.consent_required ? ' required' : ''}> ${escaped(words.consent)}</label>`)
  }
  const parts = form.fields.some((field) => field.kind === 'file') ? ' enctype="multipart/form-data"' : ''
  return [`<form method="post" action="${escaped(addressOf(form, site))}" accept-charset="utf-8"${parts}>`, ...lines, `  <button>${escaped(form.submit_label ?? words.submit)}</button>`, '</form>'].join('\n')
}
