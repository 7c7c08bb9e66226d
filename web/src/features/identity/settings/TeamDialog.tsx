/** Makes a team or changes one: its name and who is in it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh } from '@/api/query'
import { toProblem } from '@/lib/problem'
import { Checkbox } from '@/ui/Checkbox'
import { FormDialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/Toast'
import { createTeam, membersQuery, saveTeam, type Team } from '../api'

export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const { t } = useTranslation('identity')
  const members = useQuery(membersQuery)
  const [name, setName] = useState(team?.name ?? '')
  const [chosen, setChosen] = useState<string[]>(team?.members.map((one) => one.id) ?? [])
  const save = useMutation({
    mutationFn: () => (team ? saveTeam(team, { name: name.trim(), members: chosen }) : createTeam({ name: name.trim(), members: chosen })),
    onSuccess: async (saved) => {
      await refresh('team')
      toast({ text: t(team ? 'teams.saved' : 'teams.created', { name: saved.name }) })
      onClose()
    },
  })
  const refused = (field: string) => toProblem(save.error).fields.find((one) => one.field === field)?.message
  return (
    <FormDialog
      open
      onClose={onClose}
      title={team ? t('teams.edit_title', { name: team.name }) : t('teams.create')}
      size="sm"
      submit={team ? t('teams.save') : t('teams.create')}
      busy={save.isPending}
      error={save.isError && toProblem(save.error).fields.length === 0 ? save.error : null}
      why={name.trim() ? undefined : t('teams.needs_name')}
      onSubmit={() => save.mutate()}
    >
      <TextField label={t('teams.name')} value={name} maxLength={80} placeholder={t('teams.name_example')} error={refused('name')} onChange={(event) => setName(event.target.value)} />
      <fieldset>
        <legend className="mb-2 text-sm font-medium text-soft">{t('teams.members')}</legend>
        {members.isPending && <Skeleton className="h-24" />}
        {members.isError && <ErrorState error={members.error} onRetry={() => void members.refetch()} />}
        <div className="flex flex-col gap-2">
          {members.data?.items.map((member) => (
            <Checkbox
              key={member.id}
              label={member.name}
              hint={member.email}
              checked={chosen.includes(member.id)}
              onChange={(on) => setChosen((held) => (on ? [...held, member.id] : held.filter((one) => one !== member.id)))}
            />
          ))}
        </div>
        {refused('members') && <p className="mt-2 text-sm text-danger">{refused('members')}</p>}
      </fieldset>
    </FormDialog>
  )
}
