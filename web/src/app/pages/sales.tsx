/** Pages of the sales area that show the timeline of the customers' area: only the app knows both. */
import { RecordTimeline } from '@/features/crm/timeline/RecordTimeline'
import { InvoiceRecord } from '@/features/sales/invoices/InvoiceRecord'
import { QuoteRecord } from '@/features/sales/quotes/QuoteRecord'

const timeline = (subject: string) => <RecordTimeline subject={subject} />

export const QuotePage = () => <QuoteRecord timeline={timeline} />
export const InvoicePage = () => <InvoiceRecord timeline={timeline} />
