import { Link, useSearchParams } from 'react-router'
import { say } from '../../kit/words.ts'

type Props = {
  /** The query value that carries the key: `before` or `after`. */
  readonly name: string
  readonly next: string | number | null
}

/** Keyset pages: the key of the next page stands in the address; back to the first page from any. */
export function Pager({ name, next }: Props) {
  const [search] = useSearchParams()
  const to = (value: string | number | null): string => {
    const changed = new URLSearchParams(search)
    if (value === null) changed.delete(name)
    else changed.set(name, String(value))
    return `?${changed}`
  }
  if (next === null && !search.has(name)) return null
  return (
    <nav className="mx-pager" aria-label={say('console.pager.label')}>
      {search.has(name) ? <Link to={to(null)}>{say('console.pager.first')}</Link> : null}
      {next === null ? (
        <span className="mx-quiet">{say('console.pager.last')}</span>
      ) : (
        <Link to={to(next)}>{say('console.pager.next')}</Link>
      )}
    </nav>
  )
}
