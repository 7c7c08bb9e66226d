/** A form as it is being written. */
import { isQuestion, type FieldKind, type WebForm, type WebFormField, type WebFormInput } from './api'

export type Draft = Omit<WebFormInput, 'fields'> & { fields: WebFormField[] }

const orNull = (text: string | null | undefined) => text?.trim() || null

export const draftOf = (form: WebForm): Draft => ({
  name: form.name,
  language: form.language,
  title: form.title,
  intro: form.intro ?? null,
  fields: form.fields,
  submit_label: form.submit_label ?? null,
  thank_you: form.thank_you ?? null,
  redirect_url: form.redirect_url ?? null,
  source: form.source ?? null,
  utm: form.utm,
  owner_id: form.owner_id ?? null,
  allowed_origins: form.allowed_origins,
  consent_text: form.consent_text ?? null,
  consent_channels: form.consent_channels,
  consent_required: form.consent_required,
  guard: form.guard,
})

export const inputOf = (draft: Draft): WebFormInput => ({
  ...draft,
  name: draft.name.trim(),
  title: orNull(draft.title),
  intro: orNull(draft.intro),
  submit_label: orNull(draft.submit_label),
  thank_you: orNull(draft.thank_you),
  redirect_url: orNull(draft.redirect_url),
  source: orNull(draft.source),
  consent_text: orNull(draft.consent_text),
  allowed_origins: (draft.allowed_origins ?? []).map((one) => one.trim()).filter(Boolean),
  fields: draft.fields.map((field) => ({ ...field, hint: orNull(field.hint), choices: (field.choices ?? []).map((choice) => choice.trim()).filter(Boolean) })),
})

/** A key that no field has: the kind for fields of a lead, a number for questions. */
export function keyFor(kind: FieldKind, fields: WebFormField[]): string {
  if (!isQuestion(kind)) return kind
  let number = 1
  while (fields.some((field) => field.key === `q_${number}`)) number += 1
  return `q_${number}`
}

/** The fields with one at another place. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const next = [...list]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}
