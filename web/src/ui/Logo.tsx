/** The mark and wordmark of OMB Cloud, drawn in the colours of the theme. */
export function Mark({ className = 'size-7' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M10.2 22.2a5 5 0 0 1-.6-9.96 7 7 0 0 1 13.3 1.5 4.3 4.3 0 0 1-.9 8.46" fill="none" stroke="var(--on-accent)" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="16" cy="20.4" r="2.9" fill="var(--on-accent)" />
    </svg>
  )
}

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2">
      <Mark />
      <span className="text-lg font-semibold tracking-tight">
        OMB <span className="font-medium text-soft">Cloud</span>
      </span>
    </span>
  )
}
