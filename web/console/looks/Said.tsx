import { useEffect, useRef } from 'react'

/** What came of an act, in place: it takes the focus that the button had. */
export function Said({ text }: { readonly text: string }) {
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (text) line.current?.focus()
  }, [text])
  return (
    <p ref={line} className="mx-said" role="status" tabIndex={-1}>
      {text}
    </p>
  )
}
