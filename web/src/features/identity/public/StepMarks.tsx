/** Where one is in a row of steps; earlier ones can be gone back to. */
import { cx } from '@/lib/cx'

type Props = { step: number; count: number; label: string; onStep: (step: number) => void }

export function StepMarks({ step, count, label, onStep }: Props) {
  return (
    <div className="mb-6">
      <p className="mb-1.5 text-sm text-faint">{label}</p>
      <div className="flex gap-1.5">
        {Array.from({ length: count }, (_, index) => (
          <button
            key={index}
            type="button"
            disabled={index >= step}
            onClick={() => onStep(index)}
            aria-label={String(index + 1)}
            aria-current={index === step ? 'step' : undefined}
            className="flex h-3 flex-1 items-center"
          >
            <span className={cx('h-1 w-full rounded-full', index <= step ? 'bg-accent' : 'bg-line')} />
          </button>
        ))}
      </div>
    </div>
  )
}
