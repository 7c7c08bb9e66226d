/**
 * Asking and keeping. Query keys begin with the noun ("company"), so that one live event
 * about a company refreshes every list, record and count of companies.
 */
import {
  QueryClient,
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
} from '@tanstack/react-query'
import { isPassing } from '@/lib/problem'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => count < 2 && isPassing(error),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
})

/** One page of a keyset list. */
export type Page<T> = { items: T[]; next_cursor?: string | null }

export type ListState<T> = {
  rows: T[]
  isLoading: boolean
  error: unknown
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
  retry: () => void
}

/**
 * An endless list. `key` is [noun, 'list', parameters]; `load` asks for one page.
 * While a changed filter loads, the old rows stay, so that the page does not jump.
 */
export function useList<T>(
  key: readonly unknown[],
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
): ListState<T> {
  const query = useInfiniteQuery<Page<T>, unknown, InfiniteData<Page<T>>, readonly unknown[], string | undefined>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  return {
    rows: query.data ? query.data.pages.flatMap((page) => page.items) : (EMPTY as T[]),
    isLoading: query.isPending,
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    retry: () => void query.refetch(),
  }
}

const EMPTY: unknown[] = []

/**
 * Whether what is known must give way to an error: the record is gone, or no longer to be seen. What only could not be read
 * anew (a lost connection, too many requests) stays on the screen, with what somebody is writing over it.
 */
export const isLost = ({ error }: { error: unknown }): boolean => error !== null && !isPassing(error)

/** Refreshes everything known about the given nouns. */
export function refresh(...nouns: string[]): Promise<void> {
  return queryClient.invalidateQueries({ predicate: (query) => nouns.includes(String(query.queryKey[0])) })
}
