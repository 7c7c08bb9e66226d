/** Whom one writes to at a company: badges for those chosen, and the choices of a menu. */
import { useMutation } from '@tanstack/react-query'
import { Receipt, Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, ifMatch, ok } from '@/api/client'
import { queryClient } from '@/api/query'
import type { Schema } from '@/api/schema'
import { Badge } from '@/ui/Badge'
import type { MenuItem } from '@/ui/Menu'
import { toastError } from '@/ui/Toast'
import { companyQuery, refreshCrm, type Company } from '../api'

type Role = 'primary_contact_id' | 'billing_contact_id'

export function useAddressees(company: Company) {
  const { t } = useTranslation('affiliations')
  const choose = useMutation({
    mutationFn: (body: Schema<'ChangeCompany'>) => ok(api.PATCH('/api/v1/companies/{id}', { params: { path: { id: company.id }, header: ifMatch(company.version) }, body })),
    onSuccess: (saved) => {
      queryClient.setQueryData(companyQuery(saved.id).queryKey, saved)
      void refreshCrm()
    },
    onError: toastError,
  })
  const act = (role: Role, contact: string): MenuItem => {
    const is = company[role] === contact
    return {
      label: t(role === 'primary_contact_id' ? 'is_primary' : 'is_billing'),
      icon: role === 'primary_contact_id' ? <Star className="size-4" /> : <Receipt className="size-4" />,
      checked: is,
      run: () => choose.mutate({ [role]: is ? null : contact }),
    }
  }
  return {
    /** Nothing to choose for who may not change the company. */
    acts: (contact: string): MenuItem[] => (company.actions.includes('update') ? [act('primary_contact_id', contact), act('billing_contact_id', contact)] : []),
    badges: (contact: string) => (
      <>
        {company.primary_contact_id === contact && <Badge tone="accent">{t('primary')}</Badge>}
        {company.billing_contact_id === contact && <Badge tone="info">{t('billing')}</Badge>}
      </>
    ),
  }
}
