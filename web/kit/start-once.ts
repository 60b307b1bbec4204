import { useRef } from 'react'

type Startable<Input> = { readonly mutate: (input: Input, options: { readonly onSettled: () => void }) => void }

/**
 * Starts a deed that must not happen twice by one gesture: nothing is started while one is under way, nor by the second click of a double
 * click, which may come after a quick answer (`clicks`: the `detail` of the click's event). A ref, because the state of the deed is drawn
 * only after the second click was heard.
 */
export function useStartOnce<Input>(deed: Startable<Input>): (input: Input, clicks?: number) => void {
  const underWay = useRef(false)
  return (input, clicks = 0) => {
    if (underWay.current || clicks > 1) return
    underWay.current = true
    deed.mutate(input, {
      onSettled: () => {
        underWay.current = false
      },
    })
  }
}
