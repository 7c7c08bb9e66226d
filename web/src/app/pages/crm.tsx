/** Records of the customers' area with the lines, quotes and invoices of the sales area: only the app knows both. */
import { CompanyRecord } from '@/features/crm/companies/CompanyRecord'
import { ContactRecord } from '@/features/crm/contacts/ContactRecord'
import { DealRecord } from '@/features/crm/deals/DealRecord'
import { DealLines } from '@/features/sales/deals/DealLines'
import { RelatedDocuments } from '@/features/sales/deals/RelatedDocuments'

const offer = (deal: string) => <DealLines deal={deal} />

export const DealRecordPage = () => <DealRecord offer={offer} documents={(deal) => <RelatedDocuments of={{ deal }} />} />
export const CompanyPage = () => <CompanyRecord documents={(company) => <RelatedDocuments of={{ company }} />} />
export const ContactPage = () => <ContactRecord documents={(contact) => <RelatedDocuments of={{ contact }} />} />
