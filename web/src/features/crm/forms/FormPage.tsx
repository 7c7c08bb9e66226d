/** One form: writing it, putting it into a site, and what came in. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Copy, Ellipsis, ExternalLink, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { isLost, queryClient } from '@/api/query'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { PageHeader } from '@/ui/PageHeader'
import { BackArrow } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { Tabs } from '@/ui/Tabs'
import { toast, toastError } from '@/ui/Toast'
import { DeletedNotice } from '../DeletedNotice'
import { useDelete } from '../useDelete'
import { closeForm, deleteForm, duplicateForm, formQuery, previewOf, publishForm, refreshForms, restoreForm, type WebForm } from './api'
import { Editor } from './Editor'
import { Embed } from './Embed'
import { FormState } from './FormState'
import { Quarantine } from './Quarantine'
import { Submissions } from './Submissions'

const route = getRouteApi('/_app/forms/$id')

export function FormPage() {
  const { id } = route.useParams()
  const form = useQuery(formQuery(id))
  if (form.isPending) return <PageSkeleton />
  const { data } = form
  if (!data || isLost(form)) return <ErrorState isPage error={form.error} onRetry={() => void form.refetch()} />
  return <Page form={data} />
}

function Page({ form }: { form: WebForm }) {
  const { t } = useTranslation(['forms', 'crm'])
  const [tab, setTab] = useState('edit')
  const [closing, setClosing] = useState(false)
  const may = (action: string) => form.actions.includes(action)
  const keep = (saved: WebForm) => {
    queryClient.setQueryData(formQuery(saved.id).queryKey, saved)
    void refreshForms()
  }
  const publish = useMutation({
    mutationFn: () => publishForm(form.id),
    onSuccess: (saved) => {
      keep(saved)
      toast({ text: t('published') })
    },
    onError: toastError,
  })
  const close = useMutation({
    mutationFn: () => closeForm(form.id),
    onSuccess: (saved) => {
      keep(saved)
      setClosing(false)
    },
  })
  const navigate = useNavigate()
  const reviews = useCan('submission.review')
  const restore = async (id: string) => keep(await restoreForm(id))
  const remove = useDelete({
    remove: deleteForm,
    restore,
    after: () => {
      void refreshForms()
      void navigate({ to: '/forms' })
    },
  })
  const duplicate = useMutation({
    mutationFn: () => duplicateForm(form.id),
    onSuccess: (copy) => {
      toast({ text: t('duplicated', { name: copy.name }) })
      void refreshForms()
      void navigate({ to: '/forms/$id', params: { id: copy.id } })
    },
    onError: toastError,
  })
  const why = (action: string) => (may(action) ? undefined : t('crm:not_allowed'))
  return (
    <div className="max-w-3xl">
      <PageHeader
        above={
          <Link to="/forms" className="flex items-center gap-1 text-sm text-soft hover:text-ink">
            <BackArrow /> {t('app:nav.forms')}
          </Link>
        }
        title={form.name}
        about={form.path}
        actions={
          <>
            <FormState form={form} />
            {form.state === 'published' && !form.deleted_at && (
              <a href={form.path} target="_blank" rel="noreferrer" className="flex items-center gap-1 text-base text-accent-ink underline">
                {t('open')} <ExternalLink aria-hidden className="size-4" />
              </a>
            )}
            {may('close') && <Button onClick={() => setClosing(true)}>{t('close')}</Button>}
            <Button kind="primary" busy={publish.isPending} why={why('publish')} onClick={() => publish.mutate()}>
              {t('publish')}
            </Button>
            <Menu
              trigger={<IconButton label={t('ui:record.more')} icon={<Ellipsis className="size-4" />} />}
              items={[
                { label: t('duplicate'), icon: <Copy className="size-4" />, why: why('duplicate'), run: () => duplicate.mutate() },
                { label: t('crm:delete'), icon: <Trash2 className="size-4" />, danger: true, why: why('delete'), run: () => remove.mutate({ id: form.id, name: form.name }) },
              ]}
            />
          </>
        }
      />
      <div className="px-6 pb-8 max-md:px-4">
        {form.deleted_at && (
          <div className="pb-4">
            <DeletedNotice record={form} restore={restore} />
          </div>
        )}
        <Tabs
          label={form.name}
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'edit', label: t('tab.edit'), content: <Editor key={form.version} form={form} onSaved={keep} /> },
            ...(may('update')
              ? [
                  {
                    id: 'preview',
                    label: t('tab.preview'),
                    content: <iframe src={previewOf(form)} title={t('preview_of', { name: form.name })} className="h-[44rem] w-full rounded-lg border border-line" />,
                  },
                ]
              : []),
            { id: 'embed', label: t('tab.embed'), content: <Embed form={form} /> },
            { id: 'sent', label: t('tab.sent'), count: form.submissions, content: <Submissions of={{ form_id: form.id }} /> },
            ...(reviews ? [{ id: 'held', label: t('tab.held'), count: form.held, content: <Quarantine of={{ form_id: form.id }} /> }] : []),
          ]}
        />
      </div>
      <Confirm open={closing} title={t('close_title')} action={t('close')} busy={close.isPending} error={close.error} onConfirm={() => close.mutate()} onClose={() => setClosing(false)}>
        {t('close_text')}
      </Confirm>
    </div>
  )
}
