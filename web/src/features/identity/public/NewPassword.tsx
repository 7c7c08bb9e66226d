/** A field for a new password with a bar and one piece of advice. */
import type { ComponentPropsWithRef } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { PasswordField } from '@/ui/TextField'
import { strengthOf } from './strength'

type Props = ComponentPropsWithRef<typeof PasswordField> & { typed: string; personal: string[] }

const COLORS = ['bg-danger', 'bg-danger', 'bg-warn', 'bg-good', 'bg-good']

export function NewPassword({ typed, personal, ...field }: Props) {
  const { t } = useTranslation('identity')
  const { score, advice } = strengthOf(typed, personal)
  return (
    <PasswordField
      autoComplete="new-password"
      {...field}
      hint={
        <span className="block" aria-live="polite">
          {typed ? (
            <>
              <span aria-hidden className="mt-0.5 mb-1 flex gap-1">
                {[1, 2, 3, 4].map((step) => (
                  <span key={step} className={cx('h-1 flex-1 rounded-full', score >= step ? COLORS[score] : 'bg-hover')} />
                ))}
              </span>
              {t(`password.${advice}`)}
            </>
          ) : (
            t('password.rule')
          )}
        </span>
      }
    />
  )
}
