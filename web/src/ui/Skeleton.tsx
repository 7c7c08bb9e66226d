/** Grey shapes while something loads, the size of what will come, so that nothing jumps. */
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx('animate-[shimmer_1.6s_ease-in-out_infinite] rounded-md bg-hover', className)} />
}

/** A page that is loading, announced once. */
export function PageSkeleton() {
  const { t } = useTranslation('ui')
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-4 p-6 max-md:p-4">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-9 w-full" />
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} className="h-8 w-full" />
      ))}
    </div>
  )
}
