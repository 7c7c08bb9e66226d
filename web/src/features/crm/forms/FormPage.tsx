/** One form: writing it, putting it into a site, and what came in. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '@/api/query'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { BackArrow } from '@/ui/RecordLayout'
import { PageSkeleton } from '@/ui/Skeleton'
import { Tabs } from '@/ui/Tabs'
import { toast, toastError } from '@/ui/Toast'
import { closeForm, formQuery, publishForm, refreshForms, type WebForm } from './api'
import { Editor } from './Editor'
import { Embed } from './Embed'
import { FormState } from './FormState'
import { Submissions } from './Submissions'

const route = getRouteApi('/_app/forms/$id')

export function FormPage() {
  const { id } = route.useParams()
  const form = useQuery(formQuery(id))
  if (form.isPending) return <PageSkeleton />
  if (form.isError) return <ErrorState error={form.error} onRetry={() => void form.refetch()} />
  return <Page form={form.data} />
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
            {form.state === 'published' && (
              <a href={form.path} target="_blank" rel="noreferrer" className="flex items-center gap-1 text-base text-accent-ink underline">
                {t('open')} <ExternalLink aria-hidden className="size-4" />
              </a>
            )}
            {may('close') && <Button onClick={() => setClosing(true)}>{t('close')}</Button>}
            <Button kind="primary" busy={publish.isPending} why={may('publish') ? undefined : t('crm:not_allowed')} onClick={() => publish.mutate()}>
              {t('publish')}
            </Button>
          </>
        }
      />
      <div className="px-6 pb-8 max-md:px-4">
        <Tabs
          label={form.name}
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'edit', label: t('tab.edit'), content: <Editor key={form.version} form={form} onSaved={keep} /> },
            { id: 'embed', label: t('tab.embed'), content: <Embed form={form} /> },
            { id: 'sent', label: t('tab.sent'), count: form.submissions, content: <Submissions of={{ form_id: form.id }} /> },
          ]}
        />
      </div>
      <Confirm open={closing} title={t('close_title')} action={t('close')} busy={close.isPending} error={close.error} onConfirm={() => close.mutate()} onClose={() => setClosing(false)}>
        {t('close_text')}
      </Confirm>
    </div>
  )
}
