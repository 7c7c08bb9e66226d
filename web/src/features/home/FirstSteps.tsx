/** The way of a new workspace to its first invoice. Each step is ticked when it is done; the panel goes when all are. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { cx } from '@/lib/cx'
import { Button } from '@/ui/Button'
import { hasContacts, hasIssuer, hasQuotes } from './api'

type Step = { key: 'contacts' | 'billing' | 'quote'; done: boolean | undefined; allowed: boolean; actions: ReactNode }

export function FirstSteps() {
  const { t } = useTranslation('home')
  const { permissions } = useMe()
  const may = (permission: string) => permissions.includes(permission)
  const contacts = useQuery({ ...hasContacts, enabled: may('contact.read') })
  const issuer = useQuery({ ...hasIssuer, enabled: may('fiscal_entity.read') })
  const quotes = useQuery({ ...hasQuotes, enabled: may('quote.read') })
  const all: Step[] = [
    {
      key: 'contacts',
      done: contacts.data,
      allowed: may('contact.edit'),
      actions: (
        <>
          <Button asChild size="sm" kind="primary">
            <Link to="/imports">{t('first.contacts_import')}</Link>
          </Button>
          <Button asChild size="sm">
            <Link to="/contacts" search={{ new: true }}>
              {t('first.contacts_add')}
            </Link>
          </Button>
        </>
      ),
    },
    {
      key: 'billing',
      done: issuer.data,
      allowed: may('fiscal_entity.manage'),
      actions: (
        <Button asChild size="sm">
          <Link to="/settings/billing">{t('first.billing_set')}</Link>
        </Button>
      ),
    },
    {
      key: 'quote',
      done: quotes.data,
      allowed: may('quote.edit'),
      actions: (
        <Button asChild size="sm">
          <Link to="/quotes/new">{t('first.quote_write')}</Link>
        </Button>
      ),
    },
  ]
  const steps = all.filter((step) => step.allowed)
  const loading = steps.some((step) => step.done === undefined)
  if (steps.length === 0 || loading || steps.every((step) => step.done)) return null
  return (
    <section aria-labelledby="home-first" className="panel overflow-hidden">
      <div className="px-5 pt-4 pb-3 max-md:px-4">
        <h2 id="home-first" className="text-lg">
          {t('first.title')}
        </h2>
        <p className="text-base text-soft">{t('first.about')}</p>
      </div>
      <ol className="grid divide-line border-t border-line max-md:divide-y md:auto-cols-fr md:grid-flow-col md:divide-x">
        {steps.map((step, index) => (
          <li key={step.key} className="flex gap-3 p-5 max-md:p-4">
            <span className={cx('tabular flex size-6 shrink-0 items-center justify-center rounded-full text-sm font-semibold', step.done ? 'bg-good-wash text-good' : 'bg-accent-wash text-accent-ink')}>
              {step.done ? <Check role="img" aria-label={t('first.done')} className="size-3.5" /> : index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <h3 className="text-base">{t(`first.${step.key}`)}</h3>
              <p className="text-sm text-soft">{t(`first.${step.key}_about`)}</p>
              {!step.done && <div className="mt-3 flex flex-wrap gap-2">{step.actions}</div>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
