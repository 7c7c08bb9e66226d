/** What a screen reader is told of cells that are changed in place: how, and what was refused while another one was open. */
import { useTranslation } from 'react-i18next'
import type { Editing } from './useEditing'

export function EditingNotes({ editing }: { editing: Editing }) {
  const { t } = useTranslation('ui')
  const refused = Object.entries(editing.failed).filter(([key]) => key !== editing.at)
  return (
    <>
      <span id={editing.hint} hidden>
        {t('cell.hint')}
      </span>
      <span role="alert" className="sr-only">
        {refused.map(([, failure]) => failure.words).join(' ')}
      </span>
    </>
  )
}
