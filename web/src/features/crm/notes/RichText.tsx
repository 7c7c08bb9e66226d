/** Markdown of a note as elements. Text is only ever text: nothing here writes HTML. */
import type { ReactNode } from 'react'
import { blocks, type Block, type Inline, type Person } from './markdown'

export function RichText({ text, people = [] }: { text: string; people?: Person[] | undefined }) {
  return (
    <div className="flex flex-col gap-2 wrap-anywhere">
      {blocks(text).map((block, index) => (
        <BlockOf key={index} block={block} people={people} />
      ))}
    </div>
  )
}

function BlockOf({ block, people }: { block: Block; people: Person[] }) {
  const line = (inlines: Inline[]) => inlines.map((inline, index) => <InlineOf key={index} inline={inline} people={people} />)
  if (block.type === 'code') return <pre className="overflow-x-auto rounded-md bg-sunken px-2 py-1.5 text-sm whitespace-pre-wrap">{block.text}</pre>
  if (block.type === 'paragraph') {
    return (
      <p>
        {block.lines.map((inlines, index) => (
          <span key={index}>
            {index > 0 && <br />}
            {line(inlines)}
          </span>
        ))}
      </p>
    )
  }
  const items = block.items.map((inlines, index) => <li key={index}>{line(inlines)}</li>)
  return block.type === 'bullets' ? <ul className="list-disc pl-5">{items}</ul> : <ol className="list-decimal pl-5">{items}</ol>
}

function InlineOf({ inline, people }: { inline: Inline; people: Person[] }): ReactNode {
  const inside = 'inside' in inline ? inline.inside.map((part, index) => <InlineOf key={index} inline={part} people={people} />) : null
  switch (inline.type) {
    case 'text':
      return inline.text
    case 'code':
      return <code className="rounded-sm bg-sunken px-1 text-sm">{inline.text}</code>
    case 'bold':
      return <strong>{inside}</strong>
    case 'italic':
      return <em>{inside}</em>
    case 'link':
      return (
        <a href={inline.href} target="_blank" rel="noopener noreferrer" className="text-accent-ink underline">
          {inside}
        </a>
      )
    case 'mention':
      return <span className="rounded-sm bg-accent-wash px-1 font-medium text-accent-ink">@{people.find((person) => person.id === inline.id)?.name ?? '?'}</span>
  }
}
