/** Proving the trail from the screen: the walk, how far it is, and what it has shown. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateTime, number } from '@/lib/format'
import { Button } from '@/ui/Button'
import { CopyField } from '@/ui/CopyField'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { ProgressBar } from '@/ui/ProgressBar'
import { TextField } from '@/ui/TextField'
import { auditHeadQuery, verifyAudit, type AuditProof as Proof } from './api'

export function AuditProof() {
  const { t } = useTranslation('trust')
  const head = useQuery(auditHeadQuery)
  const [witness, setWitness] = useState('')
  const [asked, setAsked] = useState(false)
  const [far, setFar] = useState<Proof | null>(null)
  const verify = useMutation({
    mutationFn: () => verifyAudit(witness.trim(), setFar),
    onMutate: () => setFar(null),
    onSettled: () => head.refetch(),
  })
  return (
    <section aria-label={t('proof.title')} className="mx-6 mb-4 panel p-4 max-md:mx-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-60 text-base text-soft">
          {head.data?.sealed_at ? t('proof.head', { count: head.data.seq, entries: number(head.data.seq), when: dateTime(head.data.sealed_at) }) : t('proof.none')}
        </p>
        <Button size="sm" onClick={() => setAsked(!asked)} aria-expanded={asked}>
          {t('proof.compare')}
        </Button>
        <Button size="sm" kind="primary" icon={<ShieldCheck className="size-4" />} busy={verify.isPending} onClick={() => verify.mutate()}>
          {t('proof.verify')}
        </Button>
      </div>
      {asked && (
        <div className="mt-3">
          <TextField label={t('proof.witness')} hint={t('proof.witness_hint')} value={witness} onChange={(event) => setWitness(event.target.value)} inputClassName="font-mono text-sm" autoComplete="off" />
        </div>
      )}
      <div aria-live="polite" className="[&>*]:mt-3">
        {verify.isPending && far && <ProgressBar value={far.seq} total={far.of} label={t('proof.walking', { seq: number(far.seq), of: number(far.of) })} />}
        {verify.isError && <ErrorState error={verify.error} onRetry={() => verify.mutate()} />}
        {verify.data && <Result proof={verify.data} />}
      </div>
    </section>
  )
}

function Result({ proof }: { proof: Proof }) {
  const { t } = useTranslation('trust')
  if (proof.broken) {
    const { what, seq, id } = proof.broken
    return (
      <Notice tone="danger">
        <strong className="font-medium">{t(`broken.${what}`, { seq: seq == null ? '–' : number(seq) })}</strong>{' '}
        {id && <span className="font-mono text-sm">{id}</span>} {t('proof.broken_about', { seq: number(proof.seq) })}
      </Notice>
    )
  }
  const notes = [
    proof.erased > 0 && t('proof.erased', { count: proof.erased }),
    proof.from_before > 0 && t('proof.from_before', { count: proof.from_before }),
    proof.waiting > 0 && t('proof.waiting', { count: proof.waiting }),
  ].filter(Boolean)
  return (
    <>
      <Notice tone="good">
        <strong className="font-medium">{t('proof.whole', { count: proof.checked, entries: number(proof.checked) })}</strong> {notes.join(' ')}
      </Notice>
      {proof.seq > 0 && <CopyField label={t('proof.keep')} value={proof.proven} />}
    </>
  )
}
