/** A key or a chord as caps. "mod" is Cmd on Apple machines and Ctrl elsewhere. */
const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

const NAMES: Record<string, string> = { mod: apple ? '⌘' : 'Ctrl', enter: '↵', escape: 'Esc', arrowup: '↑', arrowdown: '↓', shift: '⇧' }

export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex shrink-0 gap-0.5">
      {keys.split(/[+ ]/).map((key, index) => (
        <kbd key={index} className="inline-flex h-[1.125rem] min-w-[1.125rem] items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-2xs text-soft">
          {NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
        </kbd>
      ))}
    </span>
  )
}
