/** The rule by which duplicates are found: groups of comparisons, all of which or any of which must hold. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { Button } from '@/ui/Button'
import { FormDialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { toast } from '@/ui/Toast'
import { refreshDuplicates, resetRule, ruleQuery, saveRule, type Noun, type Rule } from './api'
import { RuleGroup } from './RuleGroup'

export function RuleDialog({ noun, onClose }: { noun: Noun; onClose: () => void }) {
  const { t } = useTranslation(['duplicates', 'crm'])
  const may = useCan('duplicate.manage')
  const known = useQuery(ruleQuery(noun))
  const [edited, setEdited] = useState<Rule | null>(null)
  const rule = edited ?? known.data?.rule
  const done = () => {
    void refreshDuplicates()
    toast({ text: t('rule.saved') })
    onClose()
  }
  const save = useMutation({ mutationFn: (body: Rule) => saveRule(noun, body), onSuccess: done })
  const reset = useMutation({ mutationFn: () => resetRule(noun), onSuccess: done })
  return (
    <FormDialog
      open
      onClose={onClose}
      size="lg"
      title={t(`rule.title_${noun}`)}
      about={t('rule.about')}
      submit={t('ui:dialog.save')}
      busy={save.isPending}
      error={save.error ?? reset.error}
      why={!may ? t('crm:not_allowed') : edited ? undefined : t('rule.unchanged')}
      onSubmit={(event) => {
        event.preventDefault()
        if (rule) save.mutate(rule)
      }}
    >
      {known.isPending && <Skeleton className="h-48" />}
      {known.isError && <ErrorState error={known.error} onRetry={() => void known.refetch()} />}
      {rule && <RuleGroup noun={noun} rule={rule.all || rule.any ? rule : { any: [rule] }} depth={0} onChange={setEdited} />}
      {known.data?.own && (
        <Button busy={reset.isPending} onClick={() => reset.mutate()}>
          {t('rule.reset')}
        </Button>
      )}
    </FormDialog>
  )
}
