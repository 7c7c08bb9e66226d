/**
 * An amount by itself: in a cell, a fact, a figure. The one place that decides how an amount looks that its reader may
 * not see: a muted dash that is read out as what it is. In a sentence `money` says the same in words.
 */
import { useTranslation } from 'react-i18next'
import { isSeen, money, type Money } from '@/lib/format'
import { Notice } from './Notice'

export function Amount({ value, whole = false }: { value: Money; whole?: boolean }) {
  return isSeen(value) ? money(value, { whole }) : <HiddenAmount />
}

export function HiddenAmount() {
  const { t } = useTranslation('ui')
  return (
    <span className="relative font-normal text-faint" title={t('amount.hidden')}>
      <span aria-hidden>—</span>
      <span className="sr-only">{t('amount.hidden')}</span>
    </span>
  )
}

/** In the place of figures or a chart made of amounts: why they are not there. */
export function AmountsHidden() {
  const { t } = useTranslation('ui')
  return <Notice>{t('amount.why')}</Notice>
}
