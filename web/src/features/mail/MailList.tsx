/** Every mail that went out, to whom, and what became of it. */
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Mails } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useList } from '@/api/query'
import { ago, dateTime } from '@/lib/format'
import { DataTable, type Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { PageHeader } from '@/ui/PageHeader'
import { Select } from '@/ui/Select'
import { listMails, MAIL_STATES, type Mail } from './api'
import { MailStatus } from './MailStatus'
import { SandboxLink } from './SandboxLink'

const route = getRouteApi('/_app/mail')

export function MailList() {
  const { t } = useTranslation('mail')
  const { state } = route.useSearch()
  const navigate = useNavigate({ from: '/mail' })
  const list = useList<Mail>(['mail', 'list', { state }], listMails({ state }))
  const columns = useColumns()
  const set = (next: Mail['state'] | undefined) => void navigate({ search: next ? { state: next } : {}, replace: true })
  return (
    <>
      <PageHeader title={t('app:nav.mail')} about={t('about')} />
      <SandboxLink />
      <DataTable
        id="mails"
        label={t('app:nav.mail')}
        columns={columns}
        list={list}
        rowId={(mail) => mail.id}
        onOpen={(mail) => void navigate({ to: '/mail/$id', params: { id: mail.id } })}
        card={(mail) => <MailCard mail={mail} />}
        filters={
          <Select
            label={t('field.state')}
            labelHidden
            className="w-48 max-md:w-full"
            placeholder={t('every_state')}
            value={state ?? ''}
            onChange={(event) => set(MAIL_STATES.find((one) => one === event.target.value))}
            options={MAIL_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
        }
        filtered={!!state}
        onClearFilters={() => set(undefined)}
        empty={
          <EmptyState icon={<Mails />} title={t('empty_title')}>
            {t('empty_text')}
          </EmptyState>
        }
      />
    </>
  )
}

const addresses = (mail: Mail) => mail.to.map((one) => one.name ?? one.address).join(', ')

function useColumns(): Column<Mail>[] {
  const { t } = useTranslation('mail')
  return useMemo(
    () => [
      {
        id: 'subject',
        header: t('field.subject'),
        fixed: true,
        cell: (mail) => (
          <Link to="/mail/$id" params={{ id: mail.id }} className="font-medium hover:underline">
            {mail.subject}
          </Link>
        ),
      },
      { id: 'to', header: t('field.to'), width: 260, cell: (mail) => <span title={mail.to.map((one) => one.address).join(', ')}>{addresses(mail)}</span> },
      { id: 'purpose', header: t('field.purpose'), width: 140, cell: (mail) => t(`purpose.${mail.purpose}`) },
      { id: 'state', header: t('field.state'), width: 150, cell: (mail) => <MailStatus state={mail.state} /> },
      { id: 'created_at', header: t('field.created'), width: 140, cell: (mail) => <span className="text-soft" title={dateTime(mail.created_at)}>{ago(mail.created_at)}</span> },
    ],
    [t],
  )
}

function MailCard({ mail }: { mail: Mail }) {
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <Link to="/mail/$id" params={{ id: mail.id }} className="block truncate font-medium">
          {mail.subject}
        </Link>
        <div className="truncate text-sm text-soft">{addresses(mail)}</div>
      </div>
      <div className="shrink-0 text-right">
        <MailStatus state={mail.state} />
        <div className="text-sm text-faint">{ago(mail.created_at)}</div>
      </div>
    </div>
  )
}
