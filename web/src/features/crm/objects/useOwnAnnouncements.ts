/** What a screen reader says while a record is carried by keyboard: names, in the reader's language. */
import type { DndContextProps, UniqueIdentifier } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import type { OwnBoard } from './api'
import { NO_CHOICE } from './columns'

export function useOwnAnnouncements(board: OwnBoard): NonNullable<DndContextProps['accessibility']> {
  const { t } = useTranslation(['objects', 'crm'])
  const title = (id: UniqueIdentifier) => board.columns.flatMap((column) => column.items).find((record) => record.id === id)?.name ?? ''
  const stage = (id: UniqueIdentifier) => board.columns.find((column) => (column.choice ?? NO_CHOICE) === id)?.label ?? t('no_choice')
  return {
    screenReaderInstructions: { draggable: t('carry_how') },
    announcements: {
      onDragStart: ({ active }) => t('crm:board.lifted', { title: title(active.id) }),
      onDragOver: ({ active, over }) => (over ? t('crm:board.over', { title: title(active.id), stage: stage(over.id) }) : undefined),
      onDragEnd: ({ active, over }) => (over ? t('crm:board.dropped', { title: title(active.id), stage: stage(over.id) }) : t('crm:board.back', { title: title(active.id) })),
      onDragCancel: ({ active }) => t('crm:board.back', { title: title(active.id) }),
    },
  }
}
