/** How leads are scored and whose they become: rules with points, and the people who take turns. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { Button } from '@/ui/Button'
import { FormDialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'
import { refreshLeads, saveSetting, settingQuery, type LeadSetting } from './api'
import { Assignment } from './Assignment'
import { RuleRow } from './RuleRow'

export function SettingDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['leads', 'crm'])
  const may = useCan('lead.manage')
  const known = useQuery(settingQuery)
  const [edited, setEdited] = useState<LeadSetting | null>(null)
  const setting = edited ?? known.data
  const save = useMutation({
    mutationFn: saveSetting,
    onSuccess: () => {
      void refreshLeads()
      toast({ text: t('setting.saved') })
      onClose()
    },
  })
  return (
    <FormDialog
      open
      onClose={onClose}
      size="lg"
      title={t('setting.title')}
      about={t('setting.about')}
      submit={t('ui:dialog.save')}
      busy={save.isPending}
      error={save.error}
      why={!may ? t('crm:not_allowed') : edited ? undefined : t('setting.unchanged')}
      onSubmit={(event) => {
        event.preventDefault()
        if (setting) save.mutate(setting)
      }}
    >
      {known.isPending && <Skeleton className="h-48" />}
      {known.isError && <ErrorState error={known.error} onRetry={() => void known.refetch()} />}
      {setting && <Scoring setting={setting} may={may} onChange={setEdited} />}
      {setting && <Assignment setting={setting} may={may} onChange={setEdited} />}
    </FormDialog>
  )
}

type Part = { setting: LeadSetting; may: boolean; onChange: (setting: LeadSetting) => void }

function Scoring({ setting, may, onChange }: Part) {
  const { t } = useTranslation(['leads', 'crm'])
  const { scoring } = setting
  const put = (next: LeadSetting['scoring']) => onChange({ ...setting, scoring: next })
  return (
    <fieldset disabled={!may} className="space-y-2">
      <legend className="mb-1 text-sm font-medium">{t('setting.scoring')}</legend>
      {scoring.length === 0 && <p className="text-base text-soft">{t('setting.no_rules')}</p>}
      {scoring.map((rule, at) => (
        <RuleRow
          key={at}
          rule={rule}
          onChange={(next) => put(scoring.map((one, n) => (n === at ? next : one)))}
          onRemove={() => put(scoring.filter((_, n) => n !== at))}
        />
      ))}
      <Button size="sm" icon={<Plus className="size-4" />} onClick={() => put([...scoring, { when: { look: 'has_phone', value: null }, points: 10 }])}>
        {t('setting.add_rule')}
      </Button>
    </fieldset>
  )
}
