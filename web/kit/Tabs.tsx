import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { nextTab } from './next-tab.ts'

export type Tab = { readonly key: string; readonly label: string; readonly content: ReactNode }

type Props = {
  readonly label: string
  readonly tabs: readonly Tab[]
  /** The key of the tab that is open at first. */
  readonly first?: string
}

/** Tabs that wrap instead of scrolling: arrow keys move between them, only the chosen one's content is drawn. */
export function Tabs({ label, tabs, first }: Props) {
  const [chosen, setChosen] = useState(() =>
    Math.max(
      0,
      tabs.findIndex(tab => tab.key === first),
    ),
  )
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const at = Math.min(chosen, tabs.length - 1)
  const move = (event: KeyboardEvent): void => {
    const next = nextTab(event.key, at, tabs.length)
    if (next === null) return
    event.preventDefault()
    setChosen(next)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus()
  }
  return (
    <>
      <div ref={list} role="tablist" aria-label={label} className="mx-tabs">
        {tabs.map((tab, no) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            id={`${id}-${no}`}
            aria-selected={no === at}
            aria-controls={no === at ? `${id}-panel` : undefined}
            tabIndex={no === at ? 0 : -1}
            onClick={() => setChosen(no)}
            onKeyDown={move}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${at}`}>
        {tabs[at]?.content}
      </div>
    </>
  )
}
