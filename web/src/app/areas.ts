/** The areas of the app, in the order of the navigation. A new area is one line here and its routes. */
import {
  Building2,
  ChartColumn,
  CircleUserRound,
  ClipboardList,
  CopyCheck,
  FileInput,
  FileText,
  Handshake,
  House,
  ListTodo,
  Mails,
  ReceiptText,
  Settings,
  UserRoundPlus,
  Wallet,
  type LucideIcon,
} from 'lucide-react'

export type Area = {
  id: string
  to: '/' | '/work' | '/companies' | '/contacts' | '/deals' | '/leads' | '/forms' | '/duplicates' | '/reports' | '/quotes' | '/invoices' | '/payments' | '/imports' | '/mail' | '/settings'
  /** Key of its name in app words. */
  name: string
  icon: LucideIcon
  /** Second key of the "g x" shortcut. */
  key: string
  group: 'top' | 'customers' | 'money' | 'tools' | 'end'
  /** Needed to see it. */
  permission?: string
}

export const AREAS: Area[] = [
  { id: 'home', to: '/', name: 'app:nav.home', icon: House, key: 'h', group: 'top', permission: 'home.see' },
  { id: 'work', to: '/work', name: 'app:nav.work', icon: ListTodo, key: 't', group: 'top', permission: 'activity.read' },
  { id: 'companies', to: '/companies', name: 'app:nav.companies', icon: Building2, key: 'c', group: 'customers', permission: 'company.read' },
  { id: 'contacts', to: '/contacts', name: 'app:nav.contacts', icon: CircleUserRound, key: 'p', group: 'customers', permission: 'contact.read' },
  { id: 'leads', to: '/leads', name: 'app:nav.leads', icon: UserRoundPlus, key: 'l', group: 'customers', permission: 'lead.read' },
  { id: 'deals', to: '/deals', name: 'app:nav.deals', icon: Handshake, key: 'd', group: 'customers', permission: 'deal.read' },
  { id: 'duplicates', to: '/duplicates', name: 'app:nav.duplicates', icon: CopyCheck, key: 'u', group: 'customers', permission: 'duplicate.read' },
  { id: 'reports', to: '/reports', name: 'app:nav.reports', icon: ChartColumn, key: 'r', group: 'customers', permission: 'report.read' },
  { id: 'quotes', to: '/quotes', name: 'app:nav.quotes', icon: FileText, key: 'q', group: 'money', permission: 'quote.read' },
  { id: 'invoices', to: '/invoices', name: 'app:nav.invoices', icon: ReceiptText, key: 'i', group: 'money', permission: 'invoice.read' },
  { id: 'payments', to: '/payments', name: 'app:nav.payments', icon: Wallet, key: 'y', group: 'money', permission: 'payment.read' },
  { id: 'forms', to: '/forms', name: 'app:nav.forms', icon: ClipboardList, key: 'f', group: 'tools', permission: 'form.read' },
  { id: 'imports', to: '/imports', name: 'app:nav.imports', icon: FileInput, key: 'b', group: 'tools', permission: 'contact.import' },
  { id: 'mail', to: '/mail', name: 'app:nav.mail', icon: Mails, key: 'm', group: 'tools', permission: 'mail.read' },
  { id: 'settings', to: '/settings', name: 'app:nav.settings', icon: Settings, key: 's', group: 'end' },
]

/** Records that can be made from anywhere; their list page opens the form for `?new=true`. */
export const CREATES = [
  { id: 'company', to: '/companies', name: 'app:create.company', icon: Building2, permission: 'company.edit' },
  { id: 'contact', to: '/contacts', name: 'app:create.contact', icon: CircleUserRound, permission: 'contact.edit' },
  { id: 'lead', to: '/leads', name: 'app:create.lead', icon: UserRoundPlus, permission: 'lead.edit' },
  { id: 'deal', to: '/deals', name: 'app:create.deal', icon: Handshake, permission: 'deal.edit' },
  { id: 'task', to: '/work', name: 'app:create.task', icon: ListTodo, permission: 'activity.write' },
  { id: 'quote', to: '/quotes', name: 'app:create.quote', icon: FileText, permission: 'quote.edit' },
  { id: 'invoice', to: '/invoices', name: 'app:create.invoice', icon: ReceiptText, permission: 'invoice.edit' },
] as const
