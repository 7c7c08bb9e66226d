/** Who takes part: contacts found by name, and members; each can be taken out again. */
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Combobox } from '@/ui/Combobox'
import { IconButton } from '@/ui/IconButton'
import { contactQuery, listContacts, membersQuery } from '../api'
import type { Values } from './form'

export function Participants({ form }: { form: UseFormReturn<Values> }) {
  const { t } = useTranslation('crm')
  const members = useQuery(membersQuery)
  const [names, setNames] = useState<Record<string, string>>({})
  const chosen = form.watch('participants')
  const people = members.data?.items ?? []
  const set = (next: string[]) => form.setValue('participants', next, { shouldDirty: true })
  const load = async (q: string) => {
    const contacts = await listContacts({ q, sort: 'name' })(undefined)
    const found = contacts.items.slice(0, 8).map((contact) => ({ value: contact.id, label: contact.name, hint: contact.company?.name ?? '' }))
    const ours = people.filter((member) => member.name.toLowerCase().includes(q.toLowerCase())).map((member) => ({ value: member.id, label: member.name, hint: t('activity.member') }))
    return [...found, ...ours]
  }
  return (
    <div className="flex flex-col gap-2">
      <Combobox
        label={t('activity.participants')}
        optional
        value={null}
        search={{ key: 'contact', load }}
        placeholder={t('activity.add_participant')}
        onChange={(value, option) => {
          if (!value || chosen.includes(value)) return
          setNames({ ...names, [value]: option?.label ?? '' })
          set([...chosen, value])
        }}
      />
      {chosen.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {chosen.map((id) => {
            const name = names[id] ?? people.find((member) => member.id === id)?.name
            return (
              <li key={id} className="flex items-center gap-1 rounded-md bg-sunken py-0.5 pr-0.5 pl-2 text-sm">
                {name ?? <ContactName id={id} />}
                <IconButton bare size="sm" label={t('activity.remove_participant', { name: name ?? '' })} icon={<X className="size-3.5" />} onClick={() => set(chosen.filter((other) => other !== id))} />
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

function ContactName({ id }: { id: string }) {
  const contact = useQuery({ ...contactQuery(id), enabled: id.startsWith('con_') })
  return <>{contact.data?.name ?? ''}</>
}
