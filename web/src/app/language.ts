/** Changing the language of a signed-in person: here at once, and on the server for the mails they get. */
import { api, ifMatch, ok } from '@/api/client'
import { meQuery } from '@/api/me'
import { queryClient } from '@/api/query'
import { setLanguage, type Language } from '@/lib/i18n'
import { toastError } from '@/ui/Toast'

export async function chooseLanguage(language: Language): Promise<void> {
  await setLanguage(language)
  const me = queryClient.getQueryData(meQuery.queryKey)
  if (!me || me.account.language === language) return
  try {
    const saved = await ok(api.PATCH('/api/v1/me', { params: { header: ifMatch(me.account.version) }, body: { language } }))
    queryClient.setQueryData(meQuery.queryKey, saved)
    // What the server says in words comes in the new language from now on.
    await queryClient.invalidateQueries()
  } catch (error) {
    toastError(error)
  }
}
