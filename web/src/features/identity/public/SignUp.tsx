/** Sign up in three steps: the company, the person, the confirmations. Nothing is sent before the last. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { MailCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { referenceQuery } from '@/api/reference'
import { toProblem } from '@/lib/problem'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { signUp } from '../api'
import { CompanyStep, type CompanyInput } from './CompanyStep'
import { ConsentStep } from './ConsentStep'
import { PersonStep, type PersonInput } from './PersonStep'
import { PublicLayout } from './PublicLayout'
import { ResendButton } from './ResendButton'
import { StepMarks } from './StepMarks'

const COMPANY_FIELDS = ['company_name', 'country', 'tax_id', 'currency', 'language', 'time_zone']
const PERSON_FIELDS = ['name', 'email', 'phone', 'password']

export function SignUp() {
  const { t } = useTranslation('identity')
  const reference = useQuery(referenceQuery)
  const [step, setStep] = useState(0)
  const [company, setCompany] = useState<CompanyInput | null>(null)
  const [person, setPerson] = useState<PersonInput | null>(null)
  const send = useMutation({
    mutationFn: signUp,
    onError: (error) => {
      // Go back to the step whose field was refused; it shows the reason.
      const fields = toProblem(error).fields.map((field) => field.field)
      if (fields.some((field) => COMPANY_FIELDS.includes(field))) setStep(0)
      else if (fields.some((field) => PERSON_FIELDS.includes(field))) setStep(1)
    },
  })
  if (send.isSuccess) {
    return (
      <PublicLayout title={t('sign_up.sent_title')}>
        <div className="panel">
          <EmptyState icon={<MailCheck />} title={person?.email ?? ''} action={<ResendButton email={person?.email ?? ''} />}>
            {t('sign_up.sent_text')}
          </EmptyState>
        </div>
      </PublicLayout>
    )
  }
  return (
    <PublicLayout
      wide
      title={t(`sign_up.step.${step}.title`)}
      about={t(`sign_up.step.${step}.about`)}
      foot={
        <>
          {t('sign_up.have_account')} <Link to="/sign-in">{t('sign_in.submit')}</Link>
        </>
      }
    >
      <StepMarks step={step} count={3} onStep={setStep} label={t('sign_up.progress', { step: step + 1, count: 3 })} />
      {reference.isPending && <Skeleton className="h-72" />}
      {reference.isError && <ErrorState error={reference.error} onRetry={() => void reference.refetch()} />}
      {reference.data && step === 0 && (
        <CompanyStep
          reference={reference.data}
          start={company}
          error={send.error}
          onNext={(input) => {
            setCompany(input)
            send.reset()
            setStep(1)
          }}
        />
      )}
      {reference.data && company && step === 1 && (
        <PersonStep
          reference={reference.data}
          country={company.country}
          companyName={company.company_name}
          start={person}
          error={send.error}
          onBack={() => setStep(0)}
          onNext={(input) => {
            setPerson(input)
            send.reset()
            setStep(2)
          }}
        />
      )}
      {reference.data && company && person && step === 2 && (
        <ConsentStep
          reference={reference.data}
          country={company.country}
          busy={send.isPending}
          error={send.error}
          onBack={() => setStep(1)}
          onSubmit={() =>
            send.mutate({
              ...company,
              tax_id: company.tax_id || null,
              ...person,
              phone: person.phone || null,
              business_use: true,
              is_16_or_older: true,
            })
          }
        />
      )}
    </PublicLayout>
  )
}
