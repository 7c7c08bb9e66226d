/** The head of a page: title, one line of explanation, its actions on the right. Sets the document title. */
import type { ReactNode } from 'react'
import { useTitle } from '@/lib/title'

type Props = { title: string; about?: ReactNode; actions?: ReactNode; above?: ReactNode }

export function PageHeader({ title, about, actions, above }: Props) {
  useTitle(title)
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-6 pt-5 pb-3 max-md:px-4 max-md:pt-4">
      <div className="min-w-0 flex-1 basis-40">
        {above}
        <h1 className="text-xl wrap-anywhere">{title}</h1>
        {about && <p className="mt-0.5 text-base text-soft">{about}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}
