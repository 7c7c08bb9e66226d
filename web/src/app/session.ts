/** The end of a session: by the person's wish, or because the server no longer knows it. */
import { useNavigate, type AnyRouter } from '@tanstack/react-router'
import { api, ok, onSignedOut, onTenantClosed } from '@/api/client'
import { queryClient } from '@/api/query'
import { toastError } from '@/ui/Toast'

/** Signs out and forgets everything that was loaded. */
export function useSignOut(): () => void {
  const navigate = useNavigate()
  return () => {
    void ok(api.DELETE('/api/v1/session', {}))
      .then(() => navigate({ to: '/sign-in' }))
      .then(() => queryClient.clear())
      .catch(toastError)
  }
}

/** Sends the person to sign in, and back to where they were, when any request answers 401. */
export function watchSession(router: AnyRouter): void {
  onSignedOut(() => {
    const { pathname, href } = router.state.location
    if (pathname.startsWith('/sign-in') || router.state.matches.some((match) => match.routeId.startsWith('/_public'))) return
    queryClient.removeQueries({ queryKey: ['me'] })
    void router.navigate({ to: '/sign-in', search: { next: href } })
  })
  onTenantClosed(() => {
    // Once only: asking who is signed in answers the same.
    if (!queryClient.getQueryData(['me'])) return
    queryClient.removeQueries({ queryKey: ['me'] })
    void router.invalidate()
  })
}
