/** Saves the electronic invoice as a file. Asked for here and not by a link: a refusal is said in words, not shown as a page. */
import { electronicInvoice, type Invoice } from './api'

export async function saveElectronic(invoice: Invoice, syntax: 'ubl' | 'cii'): Promise<void> {
  const xml = await electronicInvoice(invoice.id, syntax)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([xml], { type: 'application/xml' }))
  link.download = `${invoice.number ?? invoice.id}-${syntax}.xml`
  link.click()
  URL.revokeObjectURL(link.href)
}
