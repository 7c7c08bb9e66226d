/** Teams: who sees whose records, where a role reaches as far as a team. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { refresh } from '@/api/query'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { Row, Rows } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'
import { deleteTeam, teamsQuery, type Team } from '../api'
import { TeamDialog } from './TeamDialog'

export function Teams() {
  const { t } = useTranslation('identity')
  const teams = useQuery(teamsQuery)
  const mayManage = useCan('team.manage')
  const [open, setOpen] = useState<Team | 'new' | null>(null)
  const [leaving, setLeaving] = useState<Team | null>(null)
  const remove = useMutation({
    mutationFn: (team: Team) => deleteTeam(team.id),
    onSuccess: async (_, team) => {
      setLeaving(null)
      await refresh('team')
      toast({ text: t('teams.deleted', { name: team.name }) })
    },
  })
  const create = (
    <Button kind="primary" icon={<Plus className="size-4" />} why={mayManage ? undefined : t('not_allowed')} onClick={() => setOpen('new')}>
      {t('teams.create')}
    </Button>
  )
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('settings.teams')} about={t('teams.about')} actions={create} />
      <div className="px-6 pt-2 pb-8 max-md:px-4">
        {teams.isPending && <Skeleton className="h-40" />}
        {teams.isError && <ErrorState error={teams.error} onRetry={() => void teams.refetch()} />}
        {teams.data?.items.length === 0 && (
          <div className="panel">
            <EmptyState icon={<Users />} title={t('teams.empty_title')}>
              {t('teams.empty_text')}
            </EmptyState>
          </div>
        )}
        {!!teams.data?.items.length && (
          <Rows>
            {teams.data.items.map((team) => (
              <Row
                key={team.id}
                picture={<Users aria-hidden className="size-5 shrink-0 text-faint" />}
                title={team.name}
                about={team.members.length ? team.members.map((one) => one.name).join(', ') : t('teams.nobody')}
                actions={
                  <>
                    <Button size="sm" why={team.actions.includes('update') ? undefined : t('not_allowed')} onClick={() => setOpen(team)}>
                      {t('teams.edit')}
                    </Button>
                    <Button size="sm" kind="quiet" why={team.actions.includes('delete') ? undefined : t('not_allowed')} onClick={() => setLeaving(team)}>
                      {t('teams.delete')}
                    </Button>
                  </>
                }
              />
            ))}
          </Rows>
        )}
      </div>
      {open && <TeamDialog key={open === 'new' ? 'new' : open.id} team={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      <Confirm
        open={!!leaving}
        onClose={() => {
          setLeaving(null)
          remove.reset()
        }}
        title={t('teams.delete_title', { name: leaving?.name })}
        action={t('teams.delete')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => leaving && remove.mutate(leaving)}
      >
        <p>{t('teams.delete_text')}</p>
      </Confirm>
    </div>
  )
}
