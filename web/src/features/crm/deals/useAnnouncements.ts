/** What a screen reader says while a card is carried by keyboard. */
import type { DndContextProps, UniqueIdentifier } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import type { Board } from '../api'

export function useAnnouncements(board: Board): NonNullable<DndContextProps['accessibility']> {
  const { t } = useTranslation('crm')
  const title = (id: UniqueIdentifier) => board.stages.flatMap((column) => column.items).find((deal) => deal.id === id)?.name ?? ''
  const stage = (id: UniqueIdentifier) =>
    board.stages.find((column) => column.stage.id === id || column.items.some((deal) => deal.id === id))?.stage.name ?? ''
  return {
    screenReaderInstructions: { draggable: t('board.instructions') },
    announcements: {
      onDragStart: ({ active }) => t('board.lifted', { title: title(active.id) }),
      onDragOver: ({ active, over }) => (over ? t('board.over', { title: title(active.id), stage: stage(over.id) }) : undefined),
      onDragEnd: ({ active, over }) => (over ? t('board.dropped', { title: title(active.id), stage: stage(over.id) }) : t('board.back', { title: title(active.id) })),
      onDragCancel: ({ active }) => t('board.back', { title: title(active.id) }),
    },
  }
}
