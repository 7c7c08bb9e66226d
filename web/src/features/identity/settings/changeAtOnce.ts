/** A change that is seen before the server has said yes, and taken back when it says no. */
import { type DataTag, type QueryKey, useMutation, type UseMutationResult } from '@tanstack/react-query'
import { queryClient, refresh } from '@/api/query'
import { toastError } from '@/ui/Toast'

/**
 * `changed` is what is held under `key` once `save` has been done; what is known about `nouns` is asked anew afterwards.
 */
export function useChangeAtOnce<Held, Change>(
  key: DataTag<QueryKey, Held, Error>,
  { save, changed, nouns }: { save: (change: Change) => Promise<unknown>; changed: (held: Held, change: Change) => Held; nouns: string[] },
): UseMutationResult<unknown, unknown, Change> {
  return useMutation({
    mutationFn: save,
    onMutate: (change) => {
      const before = queryClient.getQueryData<Held>(key)
      if (before !== undefined) queryClient.setQueryData<Held>(key, changed(before, change))
      return before
    },
    onError: (error, _, before) => {
      queryClient.setQueryData<Held>(key, before)
      toastError(error)
    },
    onSettled: () => refresh(...nouns),
  })
}
