import { type Ref, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { say } from '../../kit/words.ts'
import { keepPastedLines } from '../check/pasted-lines.ts'
import { pathTo } from '../routes.ts'
import { useMay } from '../session.ts'
import { looksLikePersonNumber, plainQuery } from '../subjects/query-text.ts'

/** Search from everywhere. A pasted column becomes the offer of a batch check; a person's number never reaches an address. */
export function GlobalSearch({ field }: { readonly field: Ref<HTMLInputElement> }) {
  const [text, setText] = useState('')
  const [lines, setLines] = useState(0)
  const [said, setSaid] = useState('')
  const mayCheck = useMay('check.make')
  const navigate = useNavigate()
  const search = (event: React.FormEvent): void => {
    event.preventDefault()
    const q = plainQuery(text)
    if (q === '') return
    if (looksLikePersonNumber(q)) {
      setText('')
      setSaid(say('console.search.person-number'))
      return
    }
    setSaid('')
    // The focus goes to the answer's heading.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    void navigate(`${pathTo('subjects')}?q=${encodeURIComponent(q)}`)
  }
  const takePaste = (event: React.ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text')
    const count = keepPastedLines(pasted)
    setLines(count > 1 && mayCheck ? count : 0)
    if (count > 1) event.preventDefault()
  }
  return (
    <search>
      <form className="mx-search" onSubmit={search}>
        <label htmlFor="global-search" className="mx-hidden">
          {say('console.search.label')}
        </label>
        <input
          type="search"
          className="mx-input"
          ref={field}
          id="global-search"
          value={text}
          onChange={event => setText(event.target.value)}
          onPaste={takePaste}
          placeholder={say('console.search.placeholder')}
          autoComplete="off"
          maxLength={200}
        />
      </form>
      <div role="status" className="mx-search-said">
        {said}
        {lines > 0 ? (
          <Link to={pathTo('batch')} onClick={() => setLines(0)}>
            {say('console.search.batch', { count: lines })}
          </Link>
        ) : null}
      </div>
    </search>
  )
}
