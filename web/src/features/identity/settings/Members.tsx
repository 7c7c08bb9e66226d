/** The people of the workspace and their roles, and invitations not yet accepted. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Ellipsis, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { refresh } from '@/api/query'
import { ago } from '@/lib/format'
import { Avatar } from '@/ui/Avatar'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { PageHeader } from '@/ui/PageHeader'
import { Row, Rows } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { Skeleton } from '@/ui/Skeleton'
import { toast, toastError } from '@/ui/Toast'
import { changeRole, membersQuery, removeMember, type Member, type Role } from '../api'
import { ROLES } from '../roles'
import { Invitations } from './Invitations'
import { InviteDialog } from './InviteDialog'

export function Members() {
  const { t } = useTranslation('identity')
  const members = useQuery(membersQuery)
  const canInvite = useCan('member.manage')
  const [inviting, setInviting] = useState(false)
  const [leaving, setLeaving] = useState<Member | null>(null)
  const remove = useMutation({
    mutationFn: (member: Member) => removeMember(member.id),
    onSuccess: async (_, member) => {
      setLeaving(null)
      await refresh('member')
      toast({ text: t('members.removed', { name: member.name }) })
    },
  })
  return (
    <div className="max-w-4xl">
      <PageHeader
        title={t('settings.members')}
        about={t('members.about')}
        actions={
          <Button kind="primary" icon={<UserPlus className="size-4" />} why={canInvite ? undefined : t('not_allowed')} onClick={() => setInviting(true)}>
            {t('members.invite')}
          </Button>
        }
      />
      <div className="flex flex-col gap-8 px-6 pt-2 pb-8 max-md:px-4">
        {members.isPending && <Skeleton className="h-56" />}
        {members.isError && <ErrorState error={members.error} onRetry={() => void members.refetch()} />}
        {members.data && (
          <Rows>
            {members.data.items.map((member) => (
              <MemberRow key={member.id} member={member} onRemove={() => setLeaving(member)} />
            ))}
          </Rows>
        )}
        {canInvite && <Invitations />}
      </div>
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
      <Confirm
        open={!!leaving}
        onClose={() => {
          setLeaving(null)
          remove.reset()
        }}
        title={t('members.remove_title', { name: leaving?.name })}
        action={t('members.remove')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => leaving && remove.mutate(leaving)}
      >
        <p>{t('members.remove_text')}</p>
      </Confirm>
    </div>
  )
}

function MemberRow({ member, onRemove }: { member: Member; onRemove: () => void }) {
  const { t } = useTranslation('identity')
  const change = useMutation({
    mutationFn: (role: Role) => changeRole(member, role),
    onSuccess: async (_, role) => {
      await refresh('member', 'me')
      toast({ text: t('members.role_changed', { name: member.name, role: t(`app:role.${role}`) }) })
    },
    onError: toastError,
  })
  const role = change.isPending ? change.variables : member.role
  return (
    <Row
      picture={<Avatar name={member.name} picture={member.picture_url} size="md" />}
      title={
        <>
          {member.name} {member.is_me && <Badge className="ml-1">{t('members.you')}</Badge>}
        </>
      }
      about={member.email}
      aside={member.last_seen_at ? t('sessions.seen', { when: ago(member.last_seen_at) }) : t('members.never_seen')}
      actions={
        <>
          <Select
            label={t('members.role_of', { name: member.name })}
            labelHidden
            className="w-36"
            value={role}
            disabled={!member.actions.includes('change_role') || change.isPending}
            onChange={(event) => {
              const chosen = ROLES.find((one) => one === event.target.value)
              if (chosen) change.mutate(chosen)
            }}
            options={ROLES.map((value) => ({ value, label: t(`app:role.${value}`) }))}
          />
          <Menu
            trigger={<IconButton bare label={t('members.more', { name: member.name })} icon={<Ellipsis className="size-4" />} />}
            items={[{ label: t('members.remove'), danger: true, run: onRemove, why: member.actions.includes('remove') ? undefined : t('members.cannot_remove') }]}
          />
        </>
      }
    />
  )
}
