import { useSyncExternalStore } from 'react'

const NARROW = '(max-width: 639.98px)'

const subscribe = (onChange: () => void): (() => void) => {
  const asked = globalThis.matchMedia(NARROW)
  asked.addEventListener('change', onChange)
  return () => asked.removeEventListener('change', onChange)
}

/** True on the width of a phone: there the auditor sees what stands out, and rows of the register only where a link leads to them. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => globalThis.matchMedia(NARROW).matches)
}
