/** Where notes are written: text with marks for bold, italic, lists, links, and "@" for naming a member. */
import { useQuery } from '@tanstack/react-query'
import { Bold, Code, Italic, Link2, List } from 'lucide-react'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { IconButton } from '@/ui/IconButton'
import { TextArea } from '@/ui/TextField'
import { membersQuery } from '../api'

type Props = { label: string; placeholder?: string; value: string; onChange: (value: string) => void; onSend?: () => void; rows?: number; autoFocus?: boolean; tools?: boolean }

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
/** What is being typed behind an "@". */
const TYPING = /(?:^|[\s(])@([\p{L}\p{N}]{0,30}(?: [\p{L}\p{N}]{0,30})?)$/u

export function NoteArea({ label, placeholder, value, onChange, onSend, rows = 4, autoFocus, tools = true }: Props) {
  const { t } = useTranslation('crm')
  const area = useRef<HTMLTextAreaElement>(null)
  const list = useId()
  const members = useQuery(membersQuery)
  const [typed, setTyped] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const people = typed === null ? [] : (members.data?.items ?? []).filter((member) => fold(member.name).includes(fold(typed))).slice(0, 6)
  const look = (element: HTMLTextAreaElement) => {
    const before = TYPING.exec(element.value.slice(0, element.selectionStart))
    setTyped(before?.[1] ?? null)
    setActive(0)
  }
  /** Puts text in place of the selection, or of what stands `back` before it, and the cursor behind it. */
  const put = (back: number, text: (chosen: string) => [string, number]) => {
    const element = area.current
    if (!element) return
    const [from, to] = [element.selectionStart - back, element.selectionEnd]
    const [written, cursor] = text(value.slice(from, to))
    onChange(value.slice(0, from) + written + value.slice(to))
    requestAnimationFrame(() => {
      element.focus()
      element.setSelectionRange(from + cursor, from + cursor)
    })
  }
  const around = (mark: string) => put(0, (chosen) => [`${mark}${chosen}${mark}`, chosen ? chosen.length + 2 * mark.length : mark.length])
  const pick = (name: string) => {
    put((typed ?? '').length, () => [`${name} `, name.length + 1])
    setTyped(null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const mod = event.metaKey || event.ctrlKey
    const act = keyOf(event, mod, people.length > 0)
    if (!act) return
    event.preventDefault()
    if (act === 'down' || act === 'up') setActive((active + (act === 'down' ? 1 : people.length - 1)) % people.length)
    if (act === 'pick' && people[active]) pick(people[active].name)
    if (act === 'close') {
      event.stopPropagation()
      setTyped(null)
    }
    if (act === 'send') onSend?.()
    if (act === 'bold') around('**')
    if (act === 'italic') around('*')
  }
  const tool = 'text-soft'
  return (
    <div className="relative">
      <TextArea
        ref={area}
        label={label}
        labelHidden
        placeholder={placeholder}
        rows={rows}
        maxLength={9_000}
        autoFocus={autoFocus}
        value={value}
        aria-autocomplete="list"
        aria-controls={people.length > 0 ? list : undefined}
        aria-activedescendant={people.length > 0 ? `${list}-${active}` : undefined}
        onChange={(event) => {
          onChange(event.target.value)
          look(event.target)
        }}
        onClick={(event) => look(event.currentTarget)}
        onBlur={() => setTyped(null)}
        onKeyDown={onKeyDown}
      />
      {people.length > 0 && (
        <ul id={list} role="listbox" aria-label={t('note.people')} className="absolute inset-x-0 z-20 mt-1 rounded-lg border border-line bg-raised p-1 shadow-lg">
          {people.map((member, index) => (
            <li
              key={member.id}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === active}
              className={cx('cursor-pointer rounded-md px-2 py-1.5 text-base', index === active && 'bg-hover')}
              onMouseDown={(event) => {
                event.preventDefault()
                pick(member.name)
              }}
            >
              {member.name}
            </li>
          ))}
        </ul>
      )}
      {tools && (
        <div className="mt-1 flex items-center gap-0.5" role="group" aria-label={t('note.format')}>
          <IconButton bare size="sm" className={tool} label={t('note.bold')} icon={<Bold className="size-4" />} onClick={() => around('**')} />
          <IconButton bare size="sm" className={tool} label={t('note.italic')} icon={<Italic className="size-4" />} onClick={() => around('*')} />
          <IconButton bare size="sm" className={tool} label={t('note.code')} icon={<Code className="size-4" />} onClick={() => around('`')} />
          <IconButton bare size="sm" className={tool} label={t('note.list')} icon={<List className="size-4" />} onClick={() => put(0, (chosen) => asList(chosen))} />
          <IconButton bare size="sm" className={tool} label={t('note.link')} icon={<Link2 className="size-4" />} onClick={() => put(0, (chosen) => [`[${chosen}](https://)`, chosen ? chosen.length + 11 : 1])} />
          <span className="ml-1 text-sm text-faint max-md:hidden">{t('note.hint')}</span>
        </div>
      )}
    </div>
  )
}

function asList(chosen: string): [string, number] {
  const text = chosen
    .split('\n')
    .map((line) => `- ${line}`)
    .join('\n')
  return [text, text.length]
}

type Act = 'down' | 'up' | 'pick' | 'close' | 'send' | 'bold' | 'italic'

function keyOf(event: KeyboardEvent, mod: boolean, picking: boolean): Act | null {
  if (mod) return ({ Enter: 'send', b: 'bold', i: 'italic' } as Record<string, Act>)[event.key] ?? null
  if (!picking) return null
  return ({ ArrowDown: 'down', ArrowUp: 'up', Enter: 'pick', Tab: 'pick', Escape: 'close' } as Record<string, Act>)[event.key] ?? null
}
