/** Ways to reach someone, as links the device understands. */
const style = 'text-accent-ink hover:underline wrap-anywhere'

export const EmailLink = ({ email }: { email: string }) => (
  <a href={`mailto:${encodeURIComponent(email).replace('%40', '@')}`} className={style}>
    {email}
  </a>
)

export const PhoneLink = ({ phone }: { phone: string }) => (
  <a href={`tel:${phone.replace(/[^\d+]/g, '')}`} className={`${style} tabular`}>
    {phone}
  </a>
)

/** Only http and https become links: an address typed by someone may hold anything. */
export function WebLink({ address }: { address: string }) {
  const full = /^https?:\/\//i.test(address) ? address : `https://${address}`
  if (!URL.canParse(full)) return <>{address}</>
  return (
    <a href={full} target="_blank" rel="noopener noreferrer nofollow" className={style}>
      {address.replace(/^https?:\/\//i, '').replace(/\/$/, '')}
    </a>
  )
}
