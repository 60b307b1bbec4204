import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useHref, useLinkClickHandler } from 'react-router'

type Props = { readonly to: string; readonly primary?: boolean; readonly children: ReactNode }

/** A link that looks like a button: it leads somewhere, so it stays a link. */
export function LinkButton({ to, primary, children }: Props) {
  const href = useHref(to)
  const go = useLinkClickHandler<HTMLAnchorElement>(to)
  return (
    <Button
      type={primary ? 'primary' : 'default'}
      href={href}
      onClick={event => go(event as React.MouseEvent<HTMLAnchorElement>)}
    >
      {children}
    </Button>
  )
}
