/** Above a list: the views one has pinned, the others behind a button, the filter, and keeping what is shown. */
import { useMutation } from '@tanstack/react-query'
import { Filter, Layers } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/me'
import { cx } from '@/lib/cx'
import { Button } from '@/ui/Button'
import { Menu } from '@/ui/Menu'
import { Notice } from '@/ui/Notice'
import { toast, toastError } from '@/ui/Toast'
import { refreshViews, saveView } from './api'
import { FilterDialog } from './FilterDialog'
import { count } from './tree'
import { ArrangeMenus } from '../arrange/ArrangeMenus'
import { LayoutMenu } from '../arrange/LayoutMenu'
import type { ListView, ViewState } from './useListView'
import { ViewDialog } from './ViewDialog'
import { ViewMenu } from './ViewMenu'

/** `plain` is what stands there without a view. */
export function ViewBar({ list, plain }: { list: ViewState | ListView; plain?: string }) {
  const { t } = useTranslation('views')
  const may = useCan('view.use')
  const [open, setOpen] = useState<'filter' | 'save' | null>(null)
  const { view, views } = list
  const pinned = views.filter((one) => one.pinned || one.id === view?.id)
  const tests = count(list.filter)
  const save = useMutation({
    mutationFn: () => (view ? saveView(view, list.kept) : Promise.reject(new Error('no view'))),
    onSuccess: async (saved) => {
      toast({ text: t('saved') })
      await refreshViews()
      list.open(saved)
    },
    onError: toastError,
  })
  const tab = 'h-8 shrink-0 rounded-md px-2.5 text-base text-soft hover:bg-hover hover:text-ink aria-[pressed=true]:bg-accent-wash aria-[pressed=true]:font-medium aria-[pressed=true]:text-accent-ink max-md:h-10'
  return (
    <>
      <div role="group" aria-label={t('bar')} className="flex items-center gap-1 overflow-x-auto px-6 pb-2 max-md:px-4">
        {may && (
          <>
            <button type="button" aria-pressed={!view} onClick={() => list.open(null)} className={tab}>
              {plain ?? t('all')}
            </button>
            {pinned.map((one) => (
              <button key={one.id} type="button" dir="auto" aria-pressed={one.id === view?.id} onClick={() => list.open(one)} className={cx(tab, 'max-w-56 truncate')}>
                {one.name}
              </button>
            ))}
            {view && <ViewMenu list={list} view={view} />}
            {views.length > 0 && (
              <Menu
                trigger={
                  <Button kind="quiet" size="sm" icon={<Layers className="size-4" />}>
                    {t('views')}
                  </Button>
                }
                align="start"
                items={views.map((one) => ({ label: one.name, checked: one.id === view?.id, hint: one.shared ? t('shared_mark') : undefined, run: () => list.open(one) }))}
              />
            )}
          </>
        )}
        {list.filtered && (
          <Button kind="quiet" size="sm" icon={<Filter className="size-4" />} onClick={() => setOpen('filter')}>
            {tests > 0 ? t('filter_count', { count: tests }) : t('filter')}
          </Button>
        )}
        {'arrange' in list && (
          <>
            <LayoutMenu list={list} />
            <ArrangeMenus list={list} />
          </>
        )}
        {list.changed && view?.actions.includes('update') && (
          <Button kind="quiet" size="sm" busy={save.isPending} onClick={() => save.mutate()}>
            {t('save')}
          </Button>
        )}
        {may && (list.changed || (!view && list.worth)) && (
          <Button kind="quiet" size="sm" onClick={() => setOpen('save')}>
            {t('save_as')}
          </Button>
        )}
      </div>
      {view?.problem && (
        <div className="px-6 pb-2 max-md:px-4">
          <Notice tone="warn">{t('problem')}</Notice>
        </div>
      )}
      {open === 'filter' && list.filtered && <FilterDialog noun={list.filtered} list={list} onClose={() => setOpen(null)} />}
      {open === 'save' && <ViewDialog list={list} onClose={() => setOpen(null)} />}
    </>
  )
}
