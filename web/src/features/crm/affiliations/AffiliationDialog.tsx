/** Writes down a further company of a contact, or changes what is written down. One end is where the dialog was opened. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '@/lib/problem'
import { Combobox } from '@/ui/Combobox'
import { DateField } from '@/ui/DateField'
import { FormDialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { companyOptions, contactOptions, type Ref } from '../api'
import { createAffiliation, refreshAffiliations, saveAffiliation, type Affiliation } from './api'

type Props = { onClose: () => void } & ({ affiliation: Affiliation } | { contact: Ref } | { company: Ref })

export function AffiliationDialog({ onClose, ...at }: Props) {
  const { t } = useTranslation(['affiliations', 'crm'])
  const affiliation = 'affiliation' in at ? at.affiliation : null
  const asked = affiliation ? null : 'contact' in at ? 'company' : 'contact'
  const [other, setOther] = useState<Ref | null>(null)
  const [title, setTitle] = useState(affiliation?.job_title ?? '')
  const [since, setSince] = useState(affiliation?.since ?? '')
  const [until, setUntil] = useState(affiliation?.until ?? '')
  const said = { job_title: title.trim() || null, since: since || null, until: until || null }
  const save = useMutation({
    mutationFn: () => {
      if (affiliation) return saveAffiliation(affiliation, said)
      const company = 'company' in at ? at.company.id : (other?.id ?? '')
      const contact = 'contact' in at ? at.contact.id : (other?.id ?? '')
      return createAffiliation({ contact_id: contact, company_id: company, ...said })
    },
    onSuccess: () => {
      onClose()
      void refreshAffiliations()
    },
  })
  const fields = toProblem(save.error).fields
  const say = (...names: string[]) => fields.find((field) => names.includes(field.field))?.message
  return (
    <FormDialog
      open
      onClose={onClose}
      title={affiliation ? t('edit_at', { contact: affiliation.contact.name, company: affiliation.company.name }) : asked === 'company' ? t('add_company') : t('add_contact')}
      submit={t('ui:dialog.save')}
      busy={save.isPending}
      error={fields.length > 0 ? null : save.error}
      why={asked && !other ? t('choose_first') : undefined}
      onSubmit={() => save.mutate()}
    >
      {asked === 'company' && (
        <Combobox
          label={t('crm:field.company')}
          value={other?.id ?? null}
          chosen={other && { value: other.id, label: other.name }}
          search={{ key: 'company', load: (q) => companyOptions(q) }}
          onChange={(id, option) => setOther(id && option ? { id, name: option.label } : null)}
          error={say('company_id')}
        />
      )}
      {asked === 'contact' && (
        <Combobox
          label={t('crm:field.contact')}
          value={other?.id ?? null}
          chosen={other && { value: other.id, label: other.name }}
          search={{ key: 'contact', load: contactOptions(null) }}
          onChange={(id, option) => setOther(id && option ? { id, name: option.label } : null)}
          error={say('contact_id', 'company_id')}
        />
      )}
      <TextField label={t('crm:field.job_title')} optional autoComplete="off" maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} error={say('job_title')} />
      <div className="grid gap-4 sm:grid-cols-2">
        <DateField label={t('since')} optional value={since} onChange={(event) => setSince(event.target.value)} />
        <DateField label={t('until')} optional value={until} onChange={(event) => setUntil(event.target.value)} error={say('until')} />
      </div>
    </FormDialog>
  )
}
