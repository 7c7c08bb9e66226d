import { useEffect } from 'react'

/** Sets the title of the document: "Invoices · OMB Cloud". */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · OMB Cloud` : 'OMB Cloud'
  }, [title])
}
