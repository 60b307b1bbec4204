import { useEffect, useRef } from 'react'

/* Keys of the console. Single keys act only outside fields, and a person can switch them off. */

const OFF = 'mingxin.keys-off'

export function keysAreOn(): boolean {
  return globalThis.localStorage?.getItem(OFF) !== '1'
}

export function switchKeys(on: boolean): void {
  if (on) globalThis.localStorage.removeItem(OFF)
  else globalThis.localStorage.setItem(OFF, '1')
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'> & { readonly inField: boolean }

/**
 * Which of the named keys a press completes: single keys (`1`, `/`) and two in a row (`g w`). Keeps the first of two in `state`.
 * Nothing inside a field, nothing with a modifier.
 */
export function keyOf(press: KeyPress, names: readonly string[], state: { first: string | null }): string | null {
  if (press.inField || press.ctrlKey || press.metaKey || press.altKey) return null
  const two = state.first ? `${state.first} ${press.key}` : ''
  state.first = null
  if (names.includes(two)) return two
  if (names.includes(press.key)) return press.key
  if (names.some(name => name.startsWith(`${press.key} `))) state.first = press.key
  return null
}

const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="combobox"], dialog'

/** Calls what belongs to a key while the component is mounted. */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const state: { first: string | null } = { first: null }
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !keysAreOn()) return
      const inField = event.target instanceof Element && event.target.closest(FIELDS) !== null
      const found = keyOf(
        { key: event.key, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, inField },
        Object.keys(latest.current),
        state,
      )
      if (!found) return
      event.preventDefault()
      latest.current[found]?.()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
