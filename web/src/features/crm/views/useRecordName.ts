/** What a record is called whose id stands in a filter. */
import { useQuery } from '@tanstack/react-query'
import { companyQuery, contactQuery, dealQuery } from '../api'
import { leadQuery } from '../leads/api'
import { recordQuery } from '../objects/api'

export function useRecordName(id: string | null): string | undefined {
  const is = (prefix: string) => ({ enabled: !!id?.startsWith(`${prefix}_`) })
  const company = useQuery({ ...companyQuery(id ?? ''), ...is('com') })
  const contact = useQuery({ ...contactQuery(id ?? ''), ...is('con') })
  const deal = useQuery({ ...dealQuery(id ?? ''), ...is('dea') })
  const lead = useQuery({ ...leadQuery(id ?? ''), ...is('lea') })
  const record = useQuery({ ...recordQuery(id ?? ''), ...is('rec') })
  return company.data?.name ?? contact.data?.name ?? deal.data?.name ?? lead.data?.name ?? record.data?.name
}
