/** Pages of the sales area with the timeline of the customers' area and why one sees a record: only the app knows both. */
import { RecordTimeline } from '@/features/crm/timeline/RecordTimeline'
import { SightButton } from '@/features/crm/sight/SightButton'
import { InvoiceRecord } from '@/features/sales/invoices/InvoiceRecord'
import { QuoteRecord } from '@/features/sales/quotes/QuoteRecord'

const timeline = (subject: string) => <RecordTimeline subject={subject} />
const sight = (record: string) => <SightButton record={record} />

export const QuotePage = () => <QuoteRecord timeline={timeline} sight={sight} />
export const InvoicePage = () => <InvoiceRecord timeline={timeline} sight={sight} />
