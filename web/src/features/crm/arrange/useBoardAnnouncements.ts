/** What a screen reader says while a card is carried by keyboard: names, in the reader's language. */
import type { Active, DndContextProps } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import type { Standing } from './change'

/** `columnName` says what the column of an id is called. */
export function useBoardAnnouncements(columnName: (id: string) => string): NonNullable<DndContextProps['accessibility']> {
  const { t } = useTranslation(['objects', 'crm'])
  const title = (active: Active) => (active.data.current as { row?: Standing } | undefined)?.row?.name ?? ''
  return {
    screenReaderInstructions: { draggable: t('carry_how') },
    announcements: {
      onDragStart: ({ active }) => t('crm:board.lifted', { title: title(active) }),
      onDragOver: ({ active, over }) => (over ? t('crm:board.over', { title: title(active), stage: columnName(String(over.id)) }) : undefined),
      onDragEnd: ({ active, over }) => (over ? t('crm:board.dropped', { title: title(active), stage: columnName(String(over.id)) }) : t('crm:board.back', { title: title(active) })),
      onDragCancel: ({ active }) => t('crm:board.back', { title: title(active) }),
    },
  }
}
