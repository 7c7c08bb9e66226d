/** What a deal is worth, as a figure; nothing for a deal without an amount. */
import { isSeen } from '@/lib/format'
import { Amount } from '@/ui/Amount'
import { hasAmount, type Deal } from '../api'

export function DealAmount({ deal }: { deal: Deal }) {
  return hasAmount(deal) || !isSeen(deal.amount) ? <Amount value={deal.amount} /> : null
}
