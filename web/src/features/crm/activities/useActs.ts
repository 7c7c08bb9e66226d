/** Finishing and deleting, done at once, with the way back in the toast. */
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toast, toastError } from '@/ui/Toast'
import { completeTask, deleteActivity, refreshActivities, reopenTask, restoreActivity, type Activity } from './api'

export function useActs() {
  const { t } = useTranslation('crm')
  const back = (act: (id: string) => Promise<unknown>, id: string) => () => void act(id).then(refreshActivities, toastError)
  const complete = useMutation({
    mutationFn: (task: Activity) => (task.completed_at ? reopenTask(task.id) : completeTask(task.id)),
    onSuccess: (_, task) => {
      if (!task.completed_at) toast({ text: t('activity.completed', { title: task.title }), undo: back(reopenTask, task.id) })
      void refreshActivities()
    },
    onError: toastError,
  })
  const remove = useMutation({
    mutationFn: (activity: Activity) => deleteActivity(activity.id),
    onSuccess: (_, activity) => {
      toast({ text: t('deleted', { name: activity.title }), undo: back(restoreActivity, activity.id) })
      void refreshActivities()
    },
    onError: toastError,
  })
  return { complete, remove }
}
