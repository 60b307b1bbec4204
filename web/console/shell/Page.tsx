import { type ReactNode, useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { say } from '../../kit/words.ts'

type Props = {
  readonly title: string
  /** What stands before the title in the window's own title: "有2处需要修改". */
  readonly state?: string | undefined
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  /** The page puts the focus itself, e.g. into the field a scanner types into. */
  readonly keepsFocus?: boolean
  readonly children?: ReactNode
}

/** A page: its one heading, which is also the window's title; after a move inside the console the heading has the focus. */
export function Page({ title, state, lead, actions, keepsFocus, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { key, hash } = useLocation()
  useEffect(() => {
    document.title = [state, title, say('console.name')].filter(Boolean).join(' - ')
  }, [state, title])
  useEffect(() => {
    // Never out of a field in which a person may already be typing.
    const typing = document.activeElement?.matches('input, textarea, select') ?? false
    if (key !== 'default' && hash === '' && !keepsFocus && !typing) heading.current?.focus({ preventScroll: true })
  }, [key, hash, keepsFocus])
  return (
    <>
      <div className="mx-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions ? <div className="mx-actions">{actions}</div> : null}
      </div>
      {lead ? <div className="mx-lead">{lead}</div> : null}
      {children}
    </>
  )
}
