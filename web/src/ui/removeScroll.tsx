/**
 * Stands in for react-remove-scroll, which Radix wraps around dialogs and menus (see vite.config.ts).
 * The original writes a style element into the page, which the content policy refuses; and there
 * is nothing to lock here: the page itself never scrolls, only panels inside it, which the veil covers.
 */
import { createElement, type ElementType, type ReactNode, type Ref } from 'react'

type Props = { as?: ElementType; children?: ReactNode; ref?: Ref<HTMLElement>; className?: string; style?: object }

export function RemoveScroll({ as = 'div', children, ref, className, style }: Props) {
  return createElement(as, { ref, className, style }, children)
}
