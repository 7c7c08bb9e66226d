/** What a new document begins with, when it is begun from a company, a contact or a deal (?company=, ?contact=, ?deal=). */
import { queryOptions } from '@tanstack/react-query'
import { queryClient } from '@/api/query'
import type { Language } from '@/lib/i18n'
import { firmQuery, opportunityQuery, personQuery, type Ref } from './api'

export type StartSearch = { company?: string; contact?: string; deal?: string }

type Start = { title: string; company: Ref | null; contact: Ref | null; deal: Ref | null; language: Language | null; currency: string | null }

const named = (record: Ref | null | undefined): Ref | null => (record ? { id: record.id, name: record.name } : null)

export const startQuery = ({ company, contact, deal }: StartSearch) =>
  queryOptions({
    queryKey: ['start', company, contact, deal],
    queryFn: async (): Promise<Start> => {
      const opportunity = deal ? await queryClient.fetchQuery(opportunityQuery(deal)) : null
      const companyId = company ?? opportunity?.company?.id
      const contactId = contact ?? opportunity?.contact?.id
      const [firm, person] = await Promise.all([
        companyId ? queryClient.fetchQuery(firmQuery(companyId)) : null,
        contactId ? queryClient.fetchQuery(personQuery(contactId)) : null,
      ])
      return {
        title: opportunity?.name ?? '',
        company: named(firm ?? person?.company),
        contact: named(person),
        deal: opportunity && { id: opportunity.id, name: opportunity.name },
        language: firm?.language ?? person?.language ?? null,
        currency: firm?.currency ?? null,
      }
    },
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
