/** People of other companies who also work with this one; whom to write to may be one of them. */
import { Affiliations } from '../affiliations/Affiliations'
import type { Company } from '../api'
import { useAddressees } from './useAddressees'

export function FurtherPeople({ company }: { company: Company }) {
  const { acts, badges } = useAddressees(company)
  return <Affiliations company={{ id: company.id, name: company.name }} badges={badges} acts={acts} />
}
