/** The profile picture: shown at once, sent as the file it is; the server re-encodes it. */
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { bytes } from '@/lib/format'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { toast, toastError } from '@/ui/Toast'
import { deletePicture, putPicture, refreshMe } from '../api'

const MOST = 5_000_000

export function Picture() {
  const { t } = useTranslation('identity')
  const { account } = useMe()
  const input = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState<string>()
  const put = useMutation({
    mutationFn: putPicture,
    onSuccess: async () => {
      await refreshMe()
      toast({ text: t('picture.saved') })
    },
    onError: toastError,
  })
  const remove = useMutation({ mutationFn: deletePicture, onSuccess: refreshMe, onError: toastError })
  const take = (file: File | undefined) => {
    if (!file) return
    setRefused(file.size > MOST ? t('ui:file.too_large', { size: bytes(file.size), most: bytes(MOST) }) : undefined)
    if (file.size <= MOST) put.mutate(file)
  }
  return (
    <div className="flex flex-wrap items-center gap-4">
      <Avatar name={account.name} picture={account.picture_url} size="xl" />
      <div>
        <div className="flex gap-2">
          <Button busy={put.isPending} onClick={() => input.current?.click()}>
            {t(account.picture_url ? 'picture.change' : 'picture.add')}
          </Button>
          {account.picture_url && (
            <Button kind="quiet" busy={remove.isPending} onClick={() => remove.mutate()}>
              {t('picture.remove')}
            </Button>
          )}
        </div>
        <p className={refused ? 'mt-1 text-sm text-danger' : 'mt-1 text-sm text-faint'}>{refused ?? t('picture.rule')}</p>
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          aria-label={t('picture.add')}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </div>
    </div>
  )
}
