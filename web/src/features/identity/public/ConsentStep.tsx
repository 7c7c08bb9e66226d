/** Step 3: what must be confirmed, unticked at first, and who is responsible. */
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reference } from '@/api/reference'
import { explain } from '@/lib/problem'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Notice } from '@/ui/Notice'
import { ControllerNotice } from './ControllerNotice'

type Props = { reference: Reference; country: string; busy: boolean; error: unknown; onBack: () => void; onSubmit: () => void }

export function ConsentStep({ reference, country, busy, error, onBack, onSubmit }: Props) {
  const { t } = useTranslation('identity')
  const [business, setBusiness] = useState(false)
  const [age, setAge] = useState(false)
  const [tried, setTried] = useState(false)
  const missing = (given: boolean) => (tried && !given ? t('consent.needed') : undefined)
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (business && age && !busy) onSubmit()
      }}
    >
      <Checkbox checked={business} onChange={setBusiness} label={t('consent.business')} error={missing(business)} />
      <Checkbox checked={age} onChange={setAge} label={t('consent.age')} error={missing(age)} />
      <ControllerNotice reference={reference} country={country} />
      {!!error && <Notice tone="danger">{explain(error)}</Notice>}
      <div className="flex gap-2">
        <Button size="lg" icon={<ArrowLeft className="size-4" />} onClick={onBack}>
          {t('sign_up.back')}
        </Button>
        <Button type="submit" kind="primary" size="lg" className="flex-1" busy={busy}>
          {t('sign_up.submit')}
        </Button>
      </div>
    </form>
  )
}
